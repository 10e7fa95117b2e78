// A process beside ours that makes network namespaces, and sockets in them (user_namespaces(7), network_namespaces(7)).
//
// A process with threads cannot enter a user namespace; one that was forked for it can. What it makes it hands over (SCM_RIGHTS in unix(7)),
// and whoever owns a user namespace may configure the network namespaces that belong to it from outside.
#pragma once
#include <stdint.h>
#include <sys/types.h>

// What is asked of the keeper.
enum nsh_order_kind {
  nsh_order_add,     // unshare(2) with CLONE_NEWNET: gives the namespace.
  nsh_order_socket,  // socket(2) with `numbers`: gives the socket.
  nsh_order_write,   // open(2) of `path`, below /proc, and write(2) of the one digit in `numbers`, perhaps twice.
  nsh_order_index,   // if_nametoindex(3) of `path`: gives it in `number`.
  nsh_order_name,    // if_indextoname(3) of `numbers`: gives it in `name`.
};

struct nsh_order {
  int32_t kind;
  int32_t numbers[3];
  char path[96];
};

struct nsh_answer {
  // The errno of the call that failed, or 0; and which call of several.
  int32_t error;
  int32_t step;
  uint32_t number;
  char name[20];
};

// What the keeper does first: the step of an answer that says why it could not begin.
enum nsh_keeper_step { nsh_step_fork, nsh_step_unshare_user, nsh_step_map, nsh_step_unshare_network };

// Forks the keeper; gives its number, our end of the socket to it and its user namespace, or -1 and the answer says why.
pid_t nsh_start_keeper(int *_Nonnull socket, int *_Nonnull user, struct nsh_answer *_Nonnull answer);
// Sends an order about a namespace (-1 for none) and waits for the answer; gives the descriptor that came along, or -1.
int nsh_ask_keeper(
    int socket, int namespace, const struct nsh_order *_Nonnull order, struct nsh_answer *_Nonnull answer);

// Starts a program as posix_spawnp(3) does, also of /usr/sbin, but inside a user and a network namespace. `streams` are what becomes its standard streams:
// -1 leaves ours, -2 is /dev/null. Gives 0 and the process, or an errno.
int nsh_spawn_inside(
    int user, int network, const char *_Nonnull file, char *_Nullable const *_Nonnull arguments,
    char *_Nullable const *_Nonnull environment, const int *_Nonnull streams, pid_t *_Nonnull process);

// What the thread that runs now was told to keep: its network namespace.
void *_Nullable nsh_thread_namespace(void);
void nsh_set_thread_namespace(void *_Nullable value);
