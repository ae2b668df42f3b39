;;; What a user does in Emacs, with Eglot as the client; emacs.e2e.mjs starts it and judges.  -*- lexical-binding: t -*-
;;
;;   SERVER='["node","dist/cli.js","lsp","--stdio"]' SPEC=web.service.yaml CURSOR=7 \
;;     emacs --batch -q -L …/elpa-src/eglot-* -L …/elpa-src/yaml-mode-* -l emacs.el
;;
;; Prints one line per step, `step<TAB>json`.  In batch mode idle timers never fire, so changes are sent by hand.

(require 'eglot)
(require 'yaml-mode)
(require 'json)

(defun report (step value)
  (princ (format "%s\t%s\n" step (json-encode value)) #'external-debugging-output))

(defun wait-for (what condition)
  (let ((end (+ (float-time) 30)))
    (while (not (funcall condition))
      (when (> (float-time) end) (error "Waited in vain for %s" what))
      (accept-process-output nil 0.05))))

(defun at (text)
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defvar findings nil)
(cl-defmethod eglot-handle-notification :after (_server (_method (eql textDocument/publishDiagnostics)) &key diagnostics &allow-other-keys)
  (setq findings (append diagnostics nil)))

(let* ((file (getenv "SPEC"))
       (command (append (json-parse-string (getenv "SERVER")) nil))
       (eglot-sync-connect 30)
       (eglot-confirm-server-initiated-edits nil))
  (find-file file)
  (yaml-mode)
  (eglot--connect '(yaml-mode) (cons 'transient (file-name-directory file)) 'eglot-lsp-server command "yaml")
  (let ((server (eglot-current-server)))
    (unless (eglot-managed-p)
      (eglot--managed-mode 1)
      (eglot--signal-textDocument/didOpen))
    (wait-for "findings" (lambda () findings))
    (report 'diagnostics (mapcar (lambda (finding) (plist-get finding :message)) findings))
    (at "Networks")
    (report 'hover (plist-get (jsonrpc-request server :textDocument/hover (eglot--TextDocumentPositionParams)) :contents))
    (goto-char (point-min))
    (forward-line (1- (string-to-number (getenv "CURSOR"))))
    (let ((offered (jsonrpc-request server :textDocument/completion (eglot--TextDocumentPositionParams))))
      (report 'completion (mapcar (lambda (item) (plist-get item :label)) (append (if (vectorp offered) offered (plist-get offered :items)) nil))))
    (at "Replcas")
    (let* ((place (eglot--pos-to-lsp-position))
           (actions (jsonrpc-request server :textDocument/codeAction
                                     (list :textDocument (eglot--TextDocumentIdentifier) :range (list :start place :end place) :context '(:diagnostics [])))))
      (report 'actions (mapcar (lambda (action) (plist-get action :title)) (append actions nil)))
      (setq findings nil)
      (eglot--apply-workspace-edit (plist-get (seq-find (lambda (action) (string-prefix-p "Rename" (plist-get action :title))) actions) :edit))
      (eglot--signal-textDocument/didChange))
    (report 'text (buffer-string))
    (wait-for "the findings of the new text" (lambda () findings))
    (report 'remaining (mapcar (lambda (finding) (plist-get finding :message)) findings))
    (set-buffer-modified-p nil)
    (eglot-shutdown server)
    (report 'stopped t)))
