#define _GNU_SOURCE
#include "CSystem.h"

#include <fcntl.h>
#include <netdb.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <malloc.h>
#include <wchar.h>

const char *nsh_errno_name(int number) { return strerrorname_np(number); }

const char *nsh_errno_text(int number) { return strerrordesc_np(number); }

const char *nsh_eai_name(int number) {
  switch (number) {
    case EAI_BADFLAGS: return "EAI_BADFLAGS";
    case EAI_NONAME: return "EAI_NONAME";
    case EAI_AGAIN: return "EAI_AGAIN";
    case EAI_FAIL: return "EAI_FAIL";
    case EAI_NODATA: return "EAI_NODATA";
    case EAI_FAMILY: return "EAI_FAMILY";
    case EAI_SOCKTYPE: return "EAI_SOCKTYPE";
    case EAI_SERVICE: return "EAI_SERVICE";
    case EAI_ADDRFAMILY: return "EAI_ADDRFAMILY";
    case EAI_MEMORY: return "EAI_MEMORY";
    case EAI_SYSTEM: return "EAI_SYSTEM";
    case EAI_OVERFLOW: return "EAI_OVERFLOW";
    default: return NULL;
  }
}

static int argument_count;
static char **arguments;

__attribute__((constructor)) static void take_arguments(int count, char **words) {
  argument_count = count;
  arguments = words;
}

int nsh_argument_count(void) { return argument_count; }

const char *nsh_argument(int index) { return arguments[index]; }

FILE *nsh_stdin(void) { return stdin; }
FILE *nsh_stderr(void) { return stderr; }

int nsh_poll(struct pollfd *entries, unsigned long count, int64_t nanoseconds) {
  struct timespec limit = {nanoseconds / 1000000000, nanoseconds % 1000000000};
  return ppoll(entries, count, nanoseconds < 0 ? NULL : &limit, NULL);
}

int nsh_event(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

int nsh_epoll(void) { return epoll_create1(EPOLL_CLOEXEC); }

int nsh_epoll_add(int queue, int descriptor, uint32_t number) {
  struct epoll_event event = {.events = EPOLLOUT, .data.u32 = number};
  return epoll_ctl(queue, EPOLL_CTL_ADD, descriptor, &event);
}

int nsh_epoll_take(int queue, uint32_t *numbers, int most) {
  struct epoll_event events[256];
  int count = epoll_wait(queue, events, most < 256 ? most : 256, 0);
  for (int index = 0; index < count; index++) numbers[index] = events[index].data.u32;
  return count;
}

int nsh_accept(int listener, struct sockaddr *peer, socklen_t *length) {
  return accept4(listener, peer, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int nsh_pipe(int *ends) { return pipe2(ends, O_CLOEXEC); }

FILE *nsh_open_stream(void *client, size_t (*write)(void *, const char *, size_t)) {
  cookie_io_functions_t functions = {.write = (cookie_write_function_t *)write};
  return fopencookie(client, "w", functions);
}

ssize_t nsh_splice(int from, int to, size_t count) {
  return splice(from, NULL, to, NULL, count, SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
}

int nsh_pipe_size(int pipe, int size) { return fcntl(pipe, F_SETPIPE_SZ, size); }

int64_t nsh_find(const void *text, size_t length, const void *mark, size_t mark_length) {
  // What stands near is found sooner without memmem's tables.
  const char *first = text;
  size_t near = length < mark_length ? 0 : length - mark_length + 1;
  if (near > 64) near = 64;
  if (mark_length == 0) return 0;
  for (size_t place = 0; place < near; place++)
    if (first[place] == *(const char *)mark && memcmp(first + place, mark, mark_length) == 0) return (int64_t)place;
  if (length < mark_length) return -1;
  const char *found = memmem(first + near, length - near, mark, mark_length);
  return found ? found - (const char *)text : -1;
}

void nsh_share_memory(void) {
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_TOP_PAD, 1 << 20);
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  mallopt(M_TRIM_THRESHOLD, 4 << 20);
}

int nsh_columns(uint32_t character) { return wcwidth((wchar_t)character); }
