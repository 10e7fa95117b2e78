#define _GNU_SOURCE
#include "Namespaces.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static _Thread_local void *thread_namespace;
void *nsh_thread_namespace(void) { return thread_namespace; }
void nsh_set_thread_namespace(void *value) { thread_namespace = value; }

// Sends bytes, and a descriptor unless it is -1.
static ssize_t pass(int socket, const void *bytes, size_t count, int descriptor) {
  _Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {0};
  struct iovec piece = {(void *)bytes, count};
  struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
  if (descriptor >= 0) {
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    struct cmsghdr *entry = CMSG_FIRSTHDR(&message);
    entry->cmsg_level = SOL_SOCKET;
    entry->cmsg_type = SCM_RIGHTS;
    entry->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(entry), &descriptor, sizeof(int));
  }
  ssize_t sent;
  do sent = sendmsg(socket, &message, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  return sent;
}

// Receives so many bytes, and the descriptor that comes with them, or -1.
static ssize_t take(int socket, void *bytes, size_t count, int *descriptor) {
  _Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))];
  struct iovec piece = {bytes, count};
  struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  ssize_t received;
  *descriptor = -1;
  do received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  while (received < 0 && errno == EINTR);
  struct cmsghdr *entry = received < 0 ? NULL : CMSG_FIRSTHDR(&message);
  if (entry && entry->cmsg_type == SCM_RIGHTS) memcpy(descriptor, CMSG_DATA(entry), sizeof(int));
  return received;
}

static int write_text(const char *path, const char *text) {
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return -1;
  ssize_t written = write(file, text, strlen(text));
  int error = errno;
  close(file);
  errno = error;
  return written < 0 ? -1 : 0;
}

// Makes the one user of the new namespace, root, the one who started us (user_namespaces(7)).
static int map_user(uid_t user, gid_t group) {
  char text[32];
  if (write_text("/proc/self/setgroups", "deny") != 0 && errno != ENOENT) return -1;
  snprintf(text, sizeof text, "0 %u 1", user);
  if (write_text("/proc/self/uid_map", text) != 0) return -1;
  snprintf(text, sizeof text, "0 %u 1", group);
  return write_text("/proc/self/gid_map", text);
}

// Does what an order says; gives a descriptor to hand over, or -1. A failure is left in the answer.
static int obey(const struct nsh_order *order, struct nsh_answer *answer) {
  int result = 0, made = -1;
  char text[8];
  switch (order->kind) {
    case nsh_order_add:
      result = unshare(CLONE_NEWNET);
      if (result == 0) result = made = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
      break;
    case nsh_order_socket:
      result = made = socket(order->numbers[0], order->numbers[1], order->numbers[2]);
      break;
    case nsh_order_write:
      snprintf(text, sizeof text, order->numbers[1] ? "%d %d" : "%d", order->numbers[0] % 10, order->numbers[0] % 10);
      result = write_text(order->path, text);
      break;
    case nsh_order_index:
      answer->number = if_nametoindex(order->path);
      break;
    case nsh_order_name:
      result = if_indextoname((unsigned)order->numbers[0], answer->name) ? 0 : -1;
      break;
    default:
      errno = EINVAL;
      result = -1;
  }
  if (result < 0) answer->error = errno;
  return made;
}

// The keeper's life: until nobody holds the other end of its socket.
_Noreturn static void keep(int socket, uid_t user, gid_t group) {
  struct nsh_answer answer = {0};
  prctl(PR_SET_NAME, "nsh-networks");
  // Nothing else of ours may stay open because of it.
  int null = open("/dev/null", O_RDWR);
  for (int stream = 0; null >= 0 && stream < 3; stream++) dup2(null, stream);
  if (dup2(socket, 3) != 3) _exit(1);
  syscall(SYS_close_range, 4u, ~0u, 0u);
  if (unshare(CLONE_NEWUSER) != 0) answer = (struct nsh_answer){.error = errno, .step = nsh_step_unshare_user};
  else if (map_user(user, group) != 0) answer = (struct nsh_answer){.error = errno, .step = nsh_step_map};
  else if (unshare(CLONE_NEWNET) != 0) answer = (struct nsh_answer){.error = errno, .step = nsh_step_unshare_network};
  int space = answer.error ? -1 : open("/proc/self/ns/user", O_RDONLY | O_CLOEXEC);
  pass(3, &answer, sizeof answer, space);
  if (space >= 0) close(space);
  if (answer.error) _exit(1);
  while (1) {
    struct nsh_order order;
    int namespace;
    if (take(3, &order, sizeof order, &namespace) != sizeof order) _exit(0);
    order.path[sizeof order.path - 1] = 0;
    answer = (struct nsh_answer){0};
    int made = -1;
    if (namespace >= 0 && setns(namespace, CLONE_NEWNET) != 0) answer.error = errno;
    else made = obey(&order, &answer);
    pass(3, &answer, sizeof answer, made);
    if (made >= 0) close(made);
    if (namespace >= 0) close(namespace);
  }
}

pid_t nsh_start_keeper(int *ours, int *user, struct nsh_answer *answer) {
  int ends[2];
  uid_t uid = geteuid();
  gid_t gid = getegid();
  *answer = (struct nsh_answer){.step = nsh_step_fork};
  *user = -1;
  pid_t keeper = -1;
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0) {
    // Signals are for the shell; the keeper blocks all of them from its first moment, and ends with its socket.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    keeper = fork();
    if (keeper == 0) keep(ends[1], uid, gid);
    answer->error = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(ends[1]);
    if (keeper > 0 && take(ends[0], answer, sizeof *answer, user) != sizeof *answer)
      *answer = (struct nsh_answer){.error = EPIPE, .step = nsh_step_fork};
    if (keeper > 0 && answer->error == 0) {
      *ours = ends[0];
      return keeper;
    }
    close(ends[0]);
    if (*user >= 0) close(*user);
  } else {
    answer->error = errno;
  }
  if (keeper > 0) while (waitpid(keeper, NULL, 0) < 0 && errno == EINTR) {}
  return -1;
}

int nsh_ask_keeper(int socket, int namespace, const struct nsh_order *order, struct nsh_answer *answer) {
  int given = -1;
  *answer = (struct nsh_answer){0};
  if (pass(socket, order, sizeof *order, namespace) < 0 || take(socket, answer, sizeof *answer, &given) != sizeof *answer)
    answer->error = EPIPE;
  return given;
}

// What the child of fork(2) does before execvpe(3); the errno of what failed goes to the pipe.
_Noreturn static void begin_inside(
    int user, int network, const char *file, char *const *arguments, char *const *environment, const int *streams, int report) {
  static const int defaults[] = {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT};
  int moved[3], error = 0;
  for (int index = 0; index < 5; index++) signal(defaults[index], SIG_DFL);
  if (setns(user, CLONE_NEWUSER) != 0 || setns(network, CLONE_NEWNET) != 0) error = errno;
  // Moved up first, so that no end takes the number of another before it was copied.
  for (int stream = 0; stream < 3; stream++)
    moved[stream] = streams[stream] == -1 ? -1
                    : streams[stream] == -2 ? open("/dev/null", O_RDWR | O_CLOEXEC)
                                            : fcntl(streams[stream], F_DUPFD_CLOEXEC, 10);
  for (int stream = 0; stream < 3; stream++)
    if (moved[stream] >= 0) dup2(moved[stream], stream);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  if (error == 0) {
    execvpe(file, arguments, environment);
    error = errno;
    // We are root in there, and so are root's programs ours, which PATH seldom has.
    char path[256];
    int length = snprintf(path, sizeof path, "/usr/sbin/%s", file);
    if (error == ENOENT && strchr(file, '/') == NULL && length < (int)sizeof path) execve(path, arguments, environment);
  }
  if (write(report, &error, sizeof error) < 0) _exit(126);
  _exit(127);
}

int nsh_spawn_inside(
    int user, int network, const char *file, char *const *arguments, char *const *environment, const int *streams,
    pid_t *process) {
  int report[2], error = 0;
  if (pipe2(report, O_CLOEXEC) != 0) return errno;
  // No handler of ours may run in the child.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  *process = fork();
  if (*process == 0) begin_inside(user, network, file, arguments, environment, streams, report[1]);
  if (*process < 0) error = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(report[1]);
  ssize_t count = 0;
  if (*process > 0) {
    do count = read(report[0], &error, sizeof error);
    while (count < 0 && errno == EINTR);
    if (count != sizeof error) error = 0;
    else while (waitpid(*process, NULL, 0) < 0 && errno == EINTR) {}
  }
  close(report[0]);
  return error;
}
