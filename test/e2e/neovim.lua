-- Opens one spec in neovim with the language server attached and does what a user does; neovim.e2e.mjs starts it and
-- judges. Prints one line per step, `step<TAB>json`, and leaves with 1 when a step could not be done.
--
--   SERVER='["node","dist/cli.js","lsp","--stdio"]' SPEC=web.service.yaml CURSOR=10:0 \
--     nvim --headless -u NONE -i NONE -n -S neovim.lua </dev/null
--
-- With ANSWER set, it looks at the live service instead, plans, takes the code action that applies, at CURSOR, and answers the
-- question with the button of that name, or with none (`ANSWER=`). With ROLLBACK set too, it rolls back after that.
--
-- Written for the client API of neovim 0.7 (Debian 12), with the newer names where they replace it.

local file = os.getenv('SPEC')
local cursor_line, cursor_character = os.getenv('CURSOR'):match('(%d+):(%d+)')        -- from 0, as in LSP
local get_clients = vim.lsp.get_clients or vim.lsp.get_active_clients

local function report(step, value)
  io.stdout:write(step .. '\t' .. vim.fn.json_encode(value) .. '\n')
  io.stdout:flush()
end

local function wait_for(what, condition)
  assert(vim.wait(30000, condition, 20), 'waited in vain for ' .. what)
end

-- Messages to the user. The stock handler of the request opens a prompt, which would hang a run without a keyboard.
local messages = {}
local answer = os.getenv('ANSWER')
vim.lsp.handlers['window/showMessage'] = function(_, message) table.insert(messages, message.message) end
vim.lsp.handlers['window/showMessageRequest'] = function(_, message)
  table.insert(messages, message.message)
  for _, action in ipairs(message.actions or {}) do
    if answer ~= '' and (action.title == answer or action.title == 'Roll Back') then return action end
  end
  return vim.NIL
end

local function start_server(buf)
  local config = { name = 'swarmspec', cmd = vim.fn.json_decode(os.getenv('SERVER')), root_dir = vim.fn.fnamemodify(file, ':h') }
  local id
  if vim.lsp.start then
    id = vim.lsp.start(config, { bufnr = buf })
  else
    id = vim.lsp.start_client(config)
    vim.lsp.buf_attach_client(buf, id)
  end
  wait_for('the server to initialize', function()
    local client = vim.lsp.get_client_by_id(id)
    return client and client.server_capabilities and next(client.server_capabilities) ~= nil
  end)
  return vim.lsp.get_client_by_id(id)
end

-- The line and character, from 0, of the first `text`. Specs here are ASCII, so bytes are characters.
local function find(buf, text)
  for line, content in ipairs(vim.api.nvim_buf_get_lines(buf, 0, -1, false)) do
    local start = content:find(text, 1, true)
    if start then return { line = line - 1, character = start - 1 } end
  end
  error(text .. ' is not in the document')
end

local function complaints_about(buf, text)
  return vim.tbl_filter(function(diagnostic) return diagnostic.message:find(text, 1, true) ~= nil end, vim.diagnostic.get(buf))
end

-- The spec in a buffer with the server attached, and a function that sends a request about it and waits for the answer.
local function open_spec()
  vim.cmd('edit ' .. vim.fn.fnameescape(file))
  local buf = vim.api.nvim_get_current_buf()
  vim.bo[buf].filetype = file:match('%.json$') and 'json' or 'yaml'
  local client = start_server(buf)

  local function request(method, params)
    local answers = assert(vim.lsp.buf_request_sync(buf, method, params, 60000), method .. ': no answer in time')
    local given = assert(answers[client.id], method .. ': no answer')
    local failed = given.error or given.err
    assert(not failed, method .. ': ' .. vim.inspect(failed))
    return given.result
  end

  local function ask(method, params)
    params.textDocument = { uri = vim.uri_from_bufnr(buf) }
    return request(method, params)
  end
  return buf, client, ask, request
end

local function edit()
  local buf, client, ask = open_spec()
  report('version', { neovim = vim.version().major .. '.' .. vim.version().minor, encoding = client.offset_encoding })

  wait_for('diagnostics', function() return #complaints_about(buf, 'Replcas') > 0 end)
  report('diagnostics', vim.tbl_map(function(diagnostic)
    return { line = diagnostic.lnum, from = diagnostic.col, to = diagnostic.end_col, severity = diagnostic.severity,
      source = diagnostic.source, message = diagnostic.message }
  end, vim.diagnostic.get(buf)))

  report('hover', ask('textDocument/hover', { position = find(buf, 'Networks') }))

  local completion = ask('textDocument/completion', {
    position = { line = tonumber(cursor_line), character = tonumber(cursor_character) },
  })
  report('completion', vim.tbl_map(function(item) return item.label end, completion.items or completion))

  -- As an editor that sends no diagnostics along: the server must find the fix from the range alone.
  local typo = find(buf, 'Replcas')
  local actions = ask('textDocument/codeAction', { range = { start = typo, ['end'] = typo }, context = { diagnostics = {} } })
  report('actions', vim.tbl_map(function(action) return action.title end, actions))
  for _, action in ipairs(actions) do
    if action.title:find('^Rename') then
      if not action.edit then action = ask('codeAction/resolve', action) end
      vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
      break
    end
  end
  report('text', table.concat(vim.api.nvim_buf_get_lines(buf, 0, -1, false), '\n'))

  wait_for('the diagnostic to go', function() return #complaints_about(buf, 'Replcas') == 0 end)
  report('remaining', vim.tbl_map(function(diagnostic) return diagnostic.message end, vim.diagnostic.get(buf)))

  -- Accepts a completion, as any client without snippets does.
  local offered = ask('textDocument/completion', { position = { line = tonumber(cursor_line), character = tonumber(cursor_character) } })
  for _, item in ipairs(offered.items or offered) do
    if item.label:match('^"?Labels"?$') then
      local edits = { item.textEdit }
      for _, more in ipairs(item.additionalTextEdits or {}) do table.insert(edits, more) end
      vim.lsp.util.apply_text_edits(edits, buf, client.offset_encoding)
    end
  end
  report('accepted', table.concat(vim.api.nvim_buf_get_lines(buf, 0, -1, false), '\n'))
  report('messages', messages)
end

local function apply()
  local buf, _, ask, request = open_spec()
  local lenses
  wait_for('a lens that knows the service', function()
    lenses = vim.tbl_map(function(lens) return lens.command.title end, ask('textDocument/codeLens', {}) or {})
    return lenses[1] ~= nil and lenses[1]:find('index') ~= nil
  end)
  report('lenses', lenses)
  -- Older clients have no function for these; the request is the same.
  local all = { start = { line = 0, character = 0 }, ['end'] = { line = vim.api.nvim_buf_line_count(buf), character = 0 } }
  report('hints', vim.tbl_map(function(hint) return type(hint.label) == 'table' and hint.label[1].value or hint.label end, ask('textDocument/inlayHint', { range = all })))
  local uri = vim.uri_from_bufnr(buf)
  report('planned', request('workspace/executeCommand', { command = 'swarmspec.plan', arguments = { uri } }))

  local cursor = { line = tonumber(cursor_line), character = tonumber(cursor_character) }
  local actions = ask('textDocument/codeAction', { range = { start = cursor, ['end'] = cursor }, context = { diagnostics = {} } })
  report('actions', vim.tbl_map(function(action) return action.title end, actions))
  for _, action in ipairs(actions) do
    if action.title:find('^Apply this spec') then report('ended', request('workspace/executeCommand', action.command)) end
  end
  if os.getenv('ROLLBACK') then report('rolled_back', request('workspace/executeCommand', { command = 'swarmspec.rollback', arguments = { uri } })) end
  report('messages', messages)
end

local ok, problem = xpcall(answer and apply or edit, debug.traceback)
if not ok then report('failed', tostring(problem)) end

-- A server that does not end when asked is a finding too.
for _, client in pairs(get_clients()) do client.stop() end
report('stopped', vim.wait(5000, function() return #get_clients() == 0 end, 20))
vim.cmd(ok and 'qall!' or 'cquit! 1')
