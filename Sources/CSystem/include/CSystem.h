// Two-line C functions for what Swift on Linux cannot reach: macros, variadics and the mutable stdio globals.
#pragma once
#include <stdint.h>
#include <stdio.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include "Message.h"
#include "Namespaces.h"
#include "Opening.h"

// The symbolic name of an errno ("ECONNREFUSED"), or NULL for a number the C library does not know.
const char *_Nullable nsh_errno_name(int number);
// What an errno means, in English whatever the locale, or NULL for a number the C library does not know.
const char *_Nullable nsh_errno_text(int number);
// The symbolic name of a getaddrinfo(3) error ("EAI_NONAME"), or NULL for an unknown one.
const char *_Nullable nsh_eai_name(int number);

// The stdio streams, which Swift 6 does not let through as they are mutable globals of C.
FILE *_Nonnull nsh_stdin(void);
FILE *_Nonnull nsh_stderr(void);

// The words of the command line, as the C library hands them to what runs before main.
int nsh_argument_count(void);
const char *_Nullable nsh_argument(int index);

// Calls that the C library declares only under _GNU_SOURCE.
// ppoll(2) without a signal mask; a negative number of nanoseconds waits for ever.
int nsh_poll(struct pollfd *_Nonnull entries, unsigned long count, int64_t nanoseconds);
// eventfd(2) of 0 with EFD_NONBLOCK and EFD_CLOEXEC.
int nsh_event(void);
// epoll_create1(2) with EPOLL_CLOEXEC.
int nsh_epoll(void);
// epoll_ctl(2), EPOLL_CTL_ADD: tells of a descriptor by this number as soon as it can be written to, or failed.
int nsh_epoll_add(int queue, int descriptor, uint32_t number);
// epoll_wait(2) without waiting: the numbers of at most so many that are ready; gives how many, or -1.
int nsh_epoll_take(int queue, uint32_t *_Nonnull numbers, int most);
// accept4(2) with SOCK_NONBLOCK and SOCK_CLOEXEC.
int nsh_accept(int listener, struct sockaddr *_Nonnull peer, socklen_t *_Nonnull length);
// pipe2(2) with O_CLOEXEC.
int nsh_pipe(int *_Nonnull ends);
// fopencookie(3): a stream to write on, whose bytes go to a function.
FILE *_Nullable nsh_open_stream(
    void *_Nullable client, size_t (*_Nonnull write)(void *_Nullable client, const char *_Nullable bytes, size_t count));
// splice(2) of at most so many bytes, without offsets, with SPLICE_F_MOVE and SPLICE_F_NONBLOCK.
ssize_t nsh_splice(int from, int to, size_t count);
// fcntl(2) with F_SETPIPE_SZ; gives the size or -1.
int nsh_pipe_size(int pipe, int size);
// memmem(3): the offset of the first occurrence in linear time, -1 if there is none.
int64_t nsh_find(const void *_Nonnull text, size_t length, const void *_Nonnull mark, size_t mark_length);
// mallopt(3): one arena for all threads, taken from the system a mebibyte at a time. An arena of a thread's own grows page by page,
// a system call each; and a buffer of 128 KiB for a recv(2) would be mapped, cleared page by page and unmapped each time.
void nsh_share_memory(void);
// Where the stack stands in the function that calls.
static inline uintptr_t nsh_stack_pointer(void) { return (uintptr_t)__builtin_frame_address(0); }
// wcwidth(3): the columns of a character, as libedit counts them; -1 for one that cannot be shown.
int nsh_columns(uint32_t character);
