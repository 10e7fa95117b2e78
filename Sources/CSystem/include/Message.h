// recvmsg(2) with the control messages that tell where a datagram came from and what became of it.
#pragma once
#include <stdint.h>
#include <sys/socket.h>

// What came with a datagram, or with an entry of the error queue (ip(7), ipv6(7)).
struct nsh_message {
  // Who sent it; of an entry of the error queue, where the datagram that failed went to. No length: nobody.
  struct sockaddr_storage peer;
  socklen_t peer_length;
  // The datagram was longer than the room for it.
  int is_cut;
  // IP_TTL or IPV6_HOPLIMIT, -1 if not told.
  int ttl;
  // SO_TIMESTAMPNS: when the kernel took the packet in, nanoseconds since 1970; 0 if not told.
  int64_t arrived;
  // IP_RECVERR or IPV6_RECVERR: struct sock_extended_err, and the node that reported it.
  int has_error;
  uint32_t error;
  uint8_t origin;
  uint8_t type;
  uint8_t code;
  uint32_t info;
  struct sockaddr_storage offender;
  socklen_t offender_length;
};

// The values of origin: SO_EE_ORIGIN_LOCAL, _ICMP, _ICMP6.
enum { nsh_origin_local = 1, nsh_origin_icmp = 2, nsh_origin_icmp6 = 3 };

// recvmsg(2); MSG_ERRQUEUE in flags takes the oldest entry of the error queue.
ssize_t nsh_receive_message(
    int descriptor, void *_Nullable room, size_t size, int flags, struct nsh_message *_Nonnull message);

// setsockopt(2) with MCAST_JOIN_GROUP or MCAST_LEAVE_GROUP, and with a source MCAST_JOIN_SOURCE_GROUP or its like.
int nsh_group(
    int descriptor, int is_joining, unsigned interface, const struct sockaddr *_Nonnull group, socklen_t length,
    const struct sockaddr *_Nullable source);
