#define _GNU_SOURCE
#include "Message.h"

#include <string.h>
#include <time.h>
#include <netinet/in.h>
#include <linux/errqueue.h>

static void take_error(struct nsh_message *message, const struct cmsghdr *entry) {
  struct sock_extended_err error;
  if (entry->cmsg_len < CMSG_LEN(sizeof error)) return;
  memcpy(&error, CMSG_DATA(entry), sizeof error);
  message->has_error = 1;
  message->error = error.ee_errno;
  message->origin = error.ee_origin;
  message->type = error.ee_type;
  message->code = error.ee_code;
  message->info = error.ee_info;
  // The address stands behind the structure: SO_EE_OFFENDER.
  size_t length = entry->cmsg_len - CMSG_LEN(sizeof error);
  if (length > sizeof message->offender) length = sizeof message->offender;
  memcpy(&message->offender, CMSG_DATA(entry) + sizeof error, length);
  message->offender_length = message->offender.ss_family == AF_UNSPEC ? 0 : length;
}

ssize_t nsh_receive_message(int descriptor, void *room, size_t size, int flags, struct nsh_message *message) {
  _Alignas(struct cmsghdr) char control[512];
  struct iovec piece = {room, size};
  struct msghdr header = {0};
  memset(message, 0, sizeof *message);
  message->ttl = -1;
  header.msg_name = &message->peer;
  header.msg_namelen = sizeof message->peer;
  header.msg_iov = &piece;
  header.msg_iovlen = 1;
  header.msg_control = control;
  header.msg_controllen = sizeof control;
  ssize_t count = recvmsg(descriptor, &header, flags);
  if (count < 0) return count;
  message->peer_length = header.msg_namelen;
  message->is_cut = (header.msg_flags & MSG_TRUNC) != 0;
  for (struct cmsghdr *entry = CMSG_FIRSTHDR(&header); entry; entry = CMSG_NXTHDR(&header, entry)) {
    int isTTL = (entry->cmsg_level == IPPROTO_IP && entry->cmsg_type == IP_TTL) ||
                (entry->cmsg_level == IPPROTO_IPV6 && entry->cmsg_type == IPV6_HOPLIMIT);
    int isError = (entry->cmsg_level == IPPROTO_IP && entry->cmsg_type == IP_RECVERR) ||
                  (entry->cmsg_level == IPPROTO_IPV6 && entry->cmsg_type == IPV6_RECVERR);
    if (isTTL && entry->cmsg_len >= CMSG_LEN(sizeof(int))) memcpy(&message->ttl, CMSG_DATA(entry), sizeof(int));
    if (isError) take_error(message, entry);
    if (entry->cmsg_level == SOL_SOCKET && entry->cmsg_type == SCM_TIMESTAMPNS &&
        entry->cmsg_len >= CMSG_LEN(sizeof(struct timespec))) {
      struct timespec time;
      memcpy(&time, CMSG_DATA(entry), sizeof time);
      message->arrived = (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
    }
  }
  return count;
}

int nsh_group(
    int descriptor, int is_joining, unsigned interface, const struct sockaddr *group, socklen_t length,
    const struct sockaddr *source) {
  int level = group->sa_family == AF_INET6 ? IPPROTO_IPV6 : IPPROTO_IP;
  struct group_source_req request = {0};
  if (source == NULL) {
    struct group_req whole = {0};
    whole.gr_interface = interface;
    memcpy(&whole.gr_group, group, length);
    return setsockopt(descriptor, level, is_joining ? MCAST_JOIN_GROUP : MCAST_LEAVE_GROUP, &whole, sizeof whole);
  }
  request.gsr_interface = interface;
  memcpy(&request.gsr_group, group, length);
  memcpy(&request.gsr_source, source, source->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in));
  return setsockopt(
      descriptor, level, is_joining ? MCAST_JOIN_SOURCE_GROUP : MCAST_LEAVE_SOURCE_GROUP, &request, sizeof request);
}
