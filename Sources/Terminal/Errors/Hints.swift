/// What to do about an error, by its code, where the error itself suggests nothing better.
enum Hints {
  static func hint(for code: String) -> String? {
    byCode[code] ?? (code.hasPrefix("http-") && !wellFormed.contains(code) ? malformed : nil)
  }

  /// The errors of HTTP in which the peer did nothing wrong: a status that was asked to be one, and what we must not send.
  private static let wellFormed: Set<String> = ["http-status", "http-misuse"]

  private static let malformed = "the peer does not keep to the protocol; `wire --hex` shows its bytes"

  private static let byCode: [String: String] = [
    "ECONNREFUSED": "the host answered that nothing listens on that port",
    "ECONNRESET": "the peer broke the connection off; `wire` shows how far it went",
    "EPIPE": "the peer had closed the connection before this was sent",
    "ENOTCONN": "the connection is closed already",
    "ETIMEDOUT": "nothing came back: a firewall may drop the packets, or the host is down",
    "EHOSTUNREACH": "no router on the way knows how to reach that host, or it is down",
    "ENETUNREACH": "this machine has no route to that network",
    "EADDRINUSE": "another program listens there already; port 0 takes one that is free",
    "EADDRNOTAVAIL": "no interface of this machine has that address",
    "EAFNOSUPPORT": "this machine has no such kind of address, such as IPv6",
    "EACCES": "this user may not do that; ports below 1024 are for root",
    "EMFILE": "too many files and connections are open: `close` some",
    "ENOSPC": "the disk is full",
    "NXDOMAIN": "the resolver says that there is no such name; look for a typing error",
    "NODATA": "the name exists and has no address of this kind",
    "EAI_AGAIN": "no resolver answered; is there a network?",
    "EAI_FAIL": "the resolver could not answer",
    "timeout": "`--timeout` and `within` give more time; `wire` shows what happened until then",
    "no-stream": "a datagram is whole: `recv` gives one, `recv --from` says whose it is",
    "EPROTOTYPE": "that socket is of the other kind, a stream or one of datagrams",
    "ENODEV": "no interface has that name",
    "ENAMETOOLONG": "the name is too long; the path of a socket has 107 bytes at most",
    "EISCONN": "this socket has its peer already",
    "too-long": "`recv to FILE` takes any amount",
    "eof": "the peer ended the stream before all had come; what came can still be received",
    "ENOENT": "there is no such file; is the name right?",
  ]
}
