/** A place in a text: line and UTF-16 character, both from zero. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

/** Turns offsets of a text into lines and UTF-16 characters, both from zero. */
export class Lines {
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  position(offset: number): Place {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - this.starts[low] };
  }

  /** The text of a line without its ending. */
  line(index: number): string {
    return this.text.slice(this.starts[index], this.starts[index + 1] ?? this.text.length).replace(/\r?\n$/, '');
  }
}
