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
static inline int nsh_el_set_prompt(EditLine *_Nonnull el, nsh_prompt_function _Nonnull prompt) {
  return el_set(el, EL_PROMPT, prompt);
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
static inline int nsh_el_set_history(EditLine *_Nonnull el, History *_Nonnull history_) {
  return el_set(el, EL_HIST, history, history_);
}
static inline int nsh_el_refresh(EditLine *_Nonnull el) { return el_set(el, EL_REFRESH); }
// Puts the terminal into the mode for editing, or out of it.
static inline int nsh_el_prepare(EditLine *_Nonnull el, int on) { return el_set(el, EL_PREP_TERM, on); }

static inline int nsh_history_size(History *_Nonnull h, int count) {
  HistEvent event;
  return history(h, &event, H_SETSIZE, count);
}
static inline int nsh_history_unique(History *_Nonnull h) {
  HistEvent event;
  return history(h, &event, H_SETUNIQUE, 1);
}
static inline int nsh_history_enter(History *_Nonnull h, const char *_Nonnull text) {
  HistEvent event;
  return history(h, &event, H_ENTER, text);
}
