import { ServiceSpec } from './service/serviceSpec';
import type { StructType } from './types';

/** A sort of spec that can be checked and applied. */
export interface Kind {
  /** As settings and the command line name it. */
  readonly id: string;
  readonly root: StructType;
  readonly doc: string;
}

export const SERVICE: Kind = {
  id: 'service',
  root: ServiceSpec,
  doc: 'Spec of a swarm service, the body of `POST /services/create` and `POST /services/{id}/update`.',
};

export const KINDS: readonly Kind[] = [SERVICE];
