// Makes libedit's editing calls reachable from Swift, which cannot call the variadic el_set(3), el_get(3) and history(3).
#pragma once
#include <histedit.h>

typedef char *_Nullable (*nsh_prompt_function)(EditLine *_Nullable);
typedef int (*nsh_read_function)(EditLine *_Nullable, wchar_t *_Nullable);

static inline int nsh_el_set_client(EditLine *_Nonnull el, void *_Nullable client) {
  return el_set(el, EL_CLIENTDATA, client);
}
static inline void *_Nullable nsh_el_client(EditLine *_Nullable el) {
  void *client = NULL;
  el_get(el, EL_CLIENTDATA, &client);
  return client;
}
// The prompt's text may hold control sequences between characters of value 1.
static inline int nsh_el_set_prompt(EditLine *_Nonnull el, nsh_prompt_function _Nonnull prompt) {
  return el_set(el, EL_PROMPT_ESC, prompt, '\1');
}
static inline int nsh_el_set_read(EditLine *_Nonnull el, nsh_read_function _Nonnull read) {
  return el_set(el, EL_GETCFN, read);
}
static inline int nsh_el_set_editor(EditLine *_Nonnull el, const char *_Nonnull mode) {
  return el_set(el, EL_EDITOR, mode);
}
static inline int nsh_el_bind(EditLine *_Nonnull el, const char *_Nonnull key, const char *_Nonnull command) {
  return el_set(el, EL_BIND, key, command, NULL);
}
// In vi mode, binds a key while commands are typed (not text).
static inline int nsh_el_bind_command(EditLine *_Nonnull el, const char *_Nonnull key, const char *_Nonnull command) {
  return el_set(el, EL_BIND, "-a", key, command, NULL);
}
typedef unsigned char (*nsh_key_function)(EditLine *_Nullable, int);
static inline int nsh_el_add_function(
    EditLine *_Nonnull el, const char *_Nonnull name, const char *_Nonnull help, nsh_key_function _Nonnull function) {
  return el_set(el, EL_ADDFN, name, help, function);
}
// Whether the editor is vi's.
static inline int nsh_el_is_vi(EditLine *_Nonnull el) {
  const char *name = NULL;
  return el_get(el, EL_EDITOR, &name) == 0 && name && name[0] == 'v';
}
static inline int nsh_el_refresh(EditLine *_Nonnull el) { return el_set(el, EL_REFRESH); }
// Puts the terminal into the mode for editing, or out of it.
static inline int nsh_el_prepare(EditLine *_Nonnull el, int on) { return el_set(el, EL_PREP_TERM, on); }

// A history that is not libedit's own: gives the text for H_FIRST (the newest), H_NEXT (older), H_PREV and H_LAST, or NULL.
struct nsh_history_source {
  void *_Nullable client;
  const char *_Nullable (*_Nonnull get)(void *_Nullable client, int operation);
};
static inline int nsh_history_read(void *_Nonnull source, HistEvent *_Nonnull event, int operation, ...) {
  const struct nsh_history_source *known = (const struct nsh_history_source *)source;
  const char *text = known->get(known->client, operation);
  event->num = 1;
  event->str = text ? text : "";
  return text ? 0 : -1;
}
static inline int nsh_el_set_history_source(EditLine *_Nonnull el, struct nsh_history_source *_Nonnull source) {
  return el_set(el, EL_HIST, nsh_history_read, (void *)source);
}
