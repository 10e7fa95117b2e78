extension SocketOption {
  /// All options that the shell knows, by the numbers that Linux gives them on x86, ARM and RISC-V (asm-generic/socket.h,
  /// linux/tcp.h, linux/in.h, linux/in6.h); socket(7), tcp(7), ip(7), ipv6(7) and unix(7) tell of them.
  public static let all: [SocketOption] = ofSockets + ofTCP + ofIP + ofIPv6

  private static let ofSockets: [SocketOption] = [
    SocketOption(.socket, "SO_TYPE", 3, .type, "the kind of socket", isSettable: false),
    SocketOption(.socket, "SO_DOMAIN", 39, .family, "its family of addresses", isSettable: false),
    SocketOption(.socket, "SO_PROTOCOL", 38, .protocolNumber, "its protocol", isSettable: false),
    SocketOption(.socket, "SO_ACCEPTCONN", 30, .flag, "whether it listens", isSettable: false),
    SocketOption(.socket, "SO_ERROR", 4, .error, "the error that waits; reading takes it away", isSettable: false),
    SocketOption(.socket, "SO_REUSEADDR", 2, .flag, "bind to a port although connections of it are in TIME-WAIT"),
    SocketOption(.socket, "SO_REUSEPORT", 15, .flag, "let several sockets bind to the same port and share what comes"),
    SocketOption(.socket, "SO_KEEPALIVE", 9, .flag, "probe a silent peer, to learn whether it is still there"),
    SocketOption(
      .socket, "SO_LINGER", 13, .linger, "how long close(2) waits for the peer to take everything; 0s resets"),
    SocketOption(.socket, "SO_RCVBUF", 8, .size, "room for what was received; the kernel doubles what is asked for"),
    SocketOption(.socket, "SO_SNDBUF", 7, .size, "room for what is sent and not acknowledged; doubled too"),
    SocketOption(.socket, "SO_RCVLOWAT", 18, .number, "bytes that must wait before the socket is readable"),
    SocketOption(.socket, "SO_SNDLOWAT", 19, .number, "bytes of room before it is writable", isSettable: false),
    SocketOption(.socket, "SO_RCVTIMEO", 20, .time, "how long a blocking receive waits"),
    SocketOption(.socket, "SO_SNDTIMEO", 21, .time, "how long a blocking send waits"),
    SocketOption(.socket, "SO_BROADCAST", 6, .flag, "let datagrams go to broadcast addresses"),
    SocketOption(.socket, "SO_DONTROUTE", 5, .flag, "send only to hosts on the same link"),
    SocketOption(.socket, "SO_OOBINLINE", 10, .flag, "leave urgent data in the stream"),
    SocketOption(.socket, "SO_PRIORITY", 12, .number, "the priority of what is sent, for the queues of the interface"),
    SocketOption(.socket, "SO_MARK", 36, .number, "the firewall mark of what is sent; needs CAP_NET_ADMIN"),
    SocketOption(.socket, "SO_BINDTODEVICE", 25, .text, "the interface that it is tied to; empty for none"),
    SocketOption(.socket, "SO_TIMESTAMP", 29, .flag, "note when each datagram came"),
    SocketOption(.socket, "SO_PASSCRED", 16, .flag, "tell who sent, over a Unix socket"),
    SocketOption(
      .socket, "SO_PEERCRED", 17, .credentials, "process, user and group of the other end of a Unix socket",
      isSettable: false),
    SocketOption(.socket, "SO_INCOMING_CPU", 49, .number, "the processor that took in the last packet"),
    SocketOption(.socket, "SO_BUSY_POLL", 46, .number, "microseconds of polling the card while waiting"),
    SocketOption(.socket, "SO_RXQ_OVFL", 40, .flag, "tell how many datagrams were dropped for lack of room"),
    SocketOption(.socket, "SO_ZEROCOPY", 60, .flag, "let sends without a copy be asked for"),
    SocketOption(.socket, "SO_DEBUG", 1, .flag, "let the kernel note what the socket does; needs CAP_NET_ADMIN"),
  ]

  private static let ofTCP: [SocketOption] = [
    SocketOption(
      .tcp, "TCP_NODELAY", 1, .flag, "send small pieces at once instead of gathering them (Nagle, RFC 9293 §3.7.4)"),
    SocketOption(.tcp, "TCP_CORK", 3, .flag, "send only full segments until this is taken away"),
    SocketOption(.tcp, "TCP_MAXSEG", 2, .number, "the largest segment, in bytes of data"),
    SocketOption(.tcp, "TCP_KEEPIDLE", 4, .seconds, "silence before the first probe of SO_KEEPALIVE"),
    SocketOption(.tcp, "TCP_KEEPINTVL", 5, .seconds, "the time between two probes"),
    SocketOption(.tcp, "TCP_KEEPCNT", 6, .number, "probes without an answer before the connection is given up"),
    SocketOption(
      .tcp, "TCP_USER_TIMEOUT", 18, .milliseconds,
      "how long data may stay unacknowledged (RFC 5482); none: the system's limit"),
    SocketOption(.tcp, "TCP_SYNCNT", 7, .number, "how often a SYN is sent again"),
    SocketOption(.tcp, "TCP_LINGER2", 8, .seconds, "how long an orphaned connection stays in FIN-WAIT-2"),
    SocketOption(.tcp, "TCP_DEFER_ACCEPT", 9, .seconds, "let a listener wake only once data has come"),
    SocketOption(.tcp, "TCP_WINDOW_CLAMP", 10, .number, "the largest window that is offered to the peer"),
    SocketOption(.tcp, "TCP_QUICKACK", 12, .flag, "acknowledge at once, for now"),
    SocketOption(.tcp, "TCP_CONGESTION", 13, .text, "the algorithm of congestion control"),
    SocketOption(.tcp, "TCP_NOTSENT_LOWAT", 25, .number, "bytes not yet sent below which the socket is writable"),
    SocketOption(
      .tcp, "TCP_FASTOPEN", 23, .number, "how many connections may wait that came with data in their SYN (RFC 7413)"),
    SocketOption(.tcp, "TCP_FASTOPEN_CONNECT", 30, .flag, "send the first data in the SYN"),
    SocketOption(.tcp, "TCP_TIMESTAMP", 24, .number, "the clock of the timestamps option (RFC 7323)"),
    SocketOption(
      .tcp, "TCP_THIN_LINEAR_TIMEOUTS", 16, .flag, "do not double timeouts while few segments are on the way"),
    SocketOption(.tcp, "TCP_SAVE_SYN", 27, .number, "let a listener keep the SYN of each connection, for `tcp syn`"),
    SocketOption(.tcp, "TCP_INQ", 36, .flag, "tell with each receive how much is left"),
    SocketOption(.tcp, "TCP_ULP", 31, .text, "the protocol above TCP that the kernel speaks, such as tls"),
  ]

  private static let ofIP: [SocketOption] = [
    SocketOption(.ip, "IP_TTL", 2, .number, "the routers that packets may pass"),
    SocketOption(.ip, "IP_TOS", 1, .number, "DSCP and ECN of packets"),
    SocketOption(.ip, "IP_MTU", 14, .number, "the MTU of the path as far as it is known", isSettable: false),
    SocketOption(.ip, "IP_MTU_DISCOVER", 10, .number, "0 may fragment, 1 by the path's MTU, 2 never fragment, 3 probe"),
    SocketOption(.ip, "IP_RECVERR", 11, .flag, "keep ICMP errors, with their sender, in a queue"),
    SocketOption(.ip, "IP_RECVTTL", 12, .flag, "tell the TTL of each datagram"),
    SocketOption(.ip, "IP_RECVTOS", 13, .flag, "tell the TOS of each datagram"),
    SocketOption(.ip, "IP_PKTINFO", 8, .flag, "tell to which address each datagram came"),
    SocketOption(.ip, "IP_MINTTL", 21, .number, "drop what comes with a smaller TTL (RFC 5082)"),
    SocketOption(.ip, "IP_FREEBIND", 15, .flag, "bind to an address that this machine has not (yet)"),
    SocketOption(.ip, "IP_TRANSPARENT", 19, .flag, "stand in for other addresses; needs CAP_NET_ADMIN"),
    SocketOption(.ip, "IP_BIND_ADDRESS_NO_PORT", 24, .flag, "choose the port only at connect(2)"),
    SocketOption(.ip, "IP_MULTICAST_TTL", 33, .number, "the TTL of multicast packets"),
    SocketOption(.ip, "IP_MULTICAST_LOOP", 34, .flag, "let this machine hear its own multicast"),
    SocketOption(.ip, "IP_MULTICAST_ALL", 49, .flag, "take multicast of groups that others have joined"),
  ]

  private static let ofIPv6: [SocketOption] = [
    SocketOption(.ipv6, "IPV6_V6ONLY", 26, .flag, "take no IPv4 connections as ::ffff:a.b.c.d"),
    SocketOption(.ipv6, "IPV6_UNICAST_HOPS", 16, .number, "the routers that packets may pass"),
    SocketOption(.ipv6, "IPV6_TCLASS", 67, .number, "DSCP and ECN of packets"),
    SocketOption(.ipv6, "IPV6_MTU", 24, .number, "the MTU of the path as far as it is known"),
    SocketOption(
      .ipv6, "IPV6_MTU_DISCOVER", 23, .number, "0 may fragment, 1 by the path's MTU, 2 never fragment, 3 probe"),
    SocketOption(.ipv6, "IPV6_DONTFRAG", 62, .flag, "never fragment"),
    SocketOption(.ipv6, "IPV6_RECVERR", 25, .flag, "keep ICMPv6 errors, with their sender, in a queue"),
    SocketOption(.ipv6, "IPV6_RECVPKTINFO", 49, .flag, "tell to which address each datagram came"),
    SocketOption(.ipv6, "IPV6_RECVHOPLIMIT", 51, .flag, "tell the hop limit of each datagram"),
    SocketOption(.ipv6, "IPV6_RECVTCLASS", 66, .flag, "tell the traffic class of each datagram"),
    SocketOption(.ipv6, "IPV6_MINHOPCOUNT", 73, .number, "drop what comes with a smaller hop limit (RFC 5082)"),
    SocketOption(.ipv6, "IPV6_FREEBIND", 78, .flag, "bind to an address that this machine has not (yet)"),
    SocketOption(.ipv6, "IPV6_AUTOFLOWLABEL", 70, .flag, "give each flow a label (RFC 6437)"),
    SocketOption(.ipv6, "IPV6_MULTICAST_HOPS", 18, .number, "the hop limit of multicast packets"),
    SocketOption(.ipv6, "IPV6_MULTICAST_LOOP", 19, .flag, "let this machine hear its own multicast"),
    SocketOption(.ipv6, "IPV6_MULTICAST_IF", 17, .number, "the number of the interface that multicast leaves by"),
  ]
}
