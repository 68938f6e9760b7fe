// libedit as Swift can call it: Swift imports no variadic C, and el_wset, el_wget and history_w are.
// Also the little of POSIX that line editing needs and Swift sees only as macros or unions.
#pragma once
#include <errno.h>
#include <histedit.h>
#include <langinfo.h>
#include <signal.h>
#include <stddef.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <wchar.h>

// Settings of an editor.

typedef int (*nb_read_function)(EditLine *, wchar_t *);
typedef unsigned char (*nb_key_function)(EditLine *, wint_t);

static inline int nb_el_set_reader(EditLine *el, nb_read_function reader) {
  return el_wset(el, EL_GETCFN, reader);
}

static inline int nb_el_add_function(EditLine *el, const wchar_t *name, const wchar_t *help, nb_key_function function) {
  return el_wset(el, EL_ADDFN, name, help, function);
}

static inline int nb_el_bind(EditLine *el, const wchar_t *key, const wchar_t *command) {
  return el_wset(el, EL_BIND, key, command, NULL);
}

// In vi's command mode.
static inline int nb_el_bind_alternative(EditLine *el, const wchar_t *key, const wchar_t *command) {
  return el_wset(el, EL_BIND, L"-a", key, command, NULL);
}

static inline int nb_el_set_editor(EditLine *el, const wchar_t *name) { return el_wset(el, EL_EDITOR, name); }

static inline const wchar_t *nb_el_editor(EditLine *el) {
  const wchar_t *name = NULL;
  return el_wget(el, EL_EDITOR, &name) == 0 ? name : NULL;
}

// 0: signals are left to the program.
static inline int nb_el_set_signals(EditLine *el, int on) { return el_wset(el, EL_SIGNAL, on); }

static inline int nb_el_set_client(EditLine *el, void *client) { return el_wset(el, EL_CLIENTDATA, client); }

static inline void *nb_el_client(EditLine *el) {
  void *client = NULL;
  return el_wget(el, EL_CLIENTDATA, &client) == 0 ? client : NULL;
}

static inline int nb_el_set_history(EditLine *el, HistoryW *history) {
  return el_wset(el, EL_HIST, history_w, history);
}

// Makes what libedit believes of the screen true for the text as it is now.
static inline int nb_el_refresh(EditLine *el) { return el_wset(el, EL_REFRESH); }

// What a mode of the terminal is while a line is edited: `-isig` for off, `+isig` for on.
static inline int nb_el_set_terminal_mode(EditLine *el, const wchar_t *mode) {
  return el_wset(el, EL_SETTY, L"-d", mode, NULL);
}

// 1: single keys, no echo; 0: as the terminal was.
static inline int nb_el_prepare_terminal(EditLine *el, int on) { return el_wset(el, EL_PREP_TERM, on); }

// History.

static inline int nb_history_set_size(HistoryW *history, int size) {
  HistEventW event;
  return history_w(history, &event, H_SETSIZE, size);
}

static inline int nb_history_enter(HistoryW *history, const wchar_t *text) {
  HistEventW event;
  return history_w(history, &event, H_ENTER, text);
}

// POSIX.

// <wchar.h> hides it from programs that do not ask for X/Open's additions.
extern int wcwidth(wchar_t character);

static inline int nb_window_size(int descriptor, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return -1;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return 0;
}

// `restarts`: whether a system call that the signal interrupts goes on, rather than fail with EINTR.
static inline int nb_handle_signal(int number, int restarts, void (*handler)(int)) {
  struct sigaction action;
  sigemptyset(&action.sa_mask);
  action.sa_flags = restarts ? SA_RESTART : 0;
  action.sa_handler = handler;
  return sigaction(number, &action, NULL);
}

static inline int nb_ignore_signal(int number) { return nb_handle_signal(number, 1, SIG_IGN); }

static inline int nb_is_signal_ignored(int number) {
  struct sigaction action;
  return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

static inline int nb_is_regular_file(const struct stat *facts) { return S_ISREG(facts->st_mode); }

// The exit status of what waitpid told, 128 + signal where one ended it.
static inline int nb_exit_status(int status) {
  if (WIFEXITED(status)) return WEXITSTATUS(status);
  return 128 + WTERMSIG(status);
}

// The name of the character encoding of the locale in force.
static inline const char *nb_locale_encoding(void) { return nl_langinfo(CODESET); }
