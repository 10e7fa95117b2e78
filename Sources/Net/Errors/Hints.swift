/// What to do about an error, by its code, where the error itself suggests nothing better: what reports of errors show and `why CODE` explains.
public enum Hints {
  /// All codes that have a hint of their own, sorted.
  public static var codes: [String] { byCode.keys.sorted() }

  public static func hint(for code: String) -> String? {
    byCode[code] ?? (code.hasPrefix("http-") && !wellFormed.contains(code) ? malformed : nil)
  }

  /// The errors of HTTP in which the peer did nothing wrong: a status that was asked to be one, and what we must not send.
  private static let wellFormed: Set<String> = [
    "http-status", "http-misuse", "http-redirect-loop", "http-redirect-limit", "http-redirect-target",
    "http-redirect-body",
  ]

  /// Gives the hint as a report has it: where evidence can be had that an error has not, it leads to `why`.
  public static func reported(for code: String) -> String? {
    hint(for: code).map { whyKnowsMore.contains(code) ? $0 + "; `why` says more" : $0 }
  }

  private static let whyKnowsMore: Set<String> = ["ECONNREFUSED", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"]

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
    "dns-lame": "the zone above names servers that do not have this zone: its owner has to set them up, or name others",
    "dns-loop":
      "zones that name each other's servers can be found by nobody: one of them needs an address (glue) in the zone above",
    "dns-no-glue": "a server inside its own zone needs an address, glue, in the zone above (RFC 1034 §4.2.1)",
    "dns-mismatch": "something else than a name server of this kind answers there; `wire --hex` shows its bytes",
    "dns-http-status": "is the path right? Most servers have it at /dns-query",
    "bad-idn": "letters of names follow RFC 5892: no symbols, no spaces",
    "NODATA": "the name exists and has no address of this kind",
    "EAI_AGAIN": "no resolver answered; is there a network?",
    "EAI_FAIL": "the resolver could not answer",
    "timeout": "`--timeout` and `within` give more time; `wire` shows what happened until then",
    "skipped": "the key `s` left that step out of a walk (`step`); Enter would have done it",
    "no-stream": "a datagram is whole: `recv` gives one, `recv --from` says whose it is",
    "EPROTOTYPE": "that socket is of the other kind, a stream or one of datagrams",
    "ENODEV": "no interface has that name",
    "ENAMETOOLONG": "the name is too long; the path of a socket has 107 bytes at most",
    "EISCONN": "this socket has its peer already",
    "too-long": "`recv to FILE` takes any amount",
    "eof": "the peer ended the stream before all had come; what came can still be received",
    "certificate-expired": "the server's operator has to renew it; is the clock of this machine right?",
    "certificate-not-yet-valid": "is the clock of this machine right?",
    "certificate-name": "is that the host you meant? `--name NAME` says whom the certificate must be for",
    "certificate-self-signed":
      "if it is your own server's, trust it by `--ca FILE`; `tls info` shows it after `--insecure`",
    "certificate-unknown-ca":
      "the server may not send its intermediate certificates, or its authority is a private one: `--ca FILE` trusts it",
    "certificate-revoked": "do not trust it: its key may be in wrong hands",
    "certificate-weak": "its key or signature can be forged; the server's operator has to replace it",
    "certificate-constraints": "its issuer may not issue certificates for that name (RFC 5280 §4.2.1.10)",
    "certificate-not-a-ca": "a certificate in the chain may not issue others (RFC 5280 §4.2.1.9)",
    "certificate-purpose": "it was issued for another use than this (RFC 5280 §4.2.1.12)",
    "certificate-crl": "`--crl FILE` must hold a current list of the issuer of the server's certificate",
    "certificate-missing": "the client has to show a certificate: `--cert FILE --key FILE`",
    "handshake-failure":
      "the two share no cipher, group or signature, or the server wants a client certificate (`--cert`); `tls handshake --connection ID` shows what was offered",
    "tls-version": "the two share no version; `--tls-min` and `--tls-max` say which are spoken here",
    "tls-not-spoken": "another protocol answers there: is it the right port, or does it want STARTTLS (`tls start`)?",
    "tls-closed": "the server gave up without a word; `wire` shows how far it went",
    "tls-truncated": "what came until then can be received, but somebody on the way may have cut the rest off",
    "tls-alert-certificate-required": "the server wants a client certificate: `--cert FILE --key FILE`",
    "tls-alert-unknown-ca": "the peer does not know who issued our certificate",
    "tls-alert-protocol-version":
      "the peer speaks other versions; `--tls-min` and `--tls-max` say which are spoken here",
    "tls-alert-no-application-protocol": "the server speaks none of the protocols that `--alpn` offered",
    "tls-alert-unrecognized-name": "no server of that name is there; `--sni NAME` asks for another",
    "unknown-coding": "`--raw` leaves the body as it came",
    "bad-rfc-number": "a number such as 2324 is wanted; `rfc search WORDS` finds it",
    "no-such-rfc": "`rfc search WORDS` finds RFCs by their titles",
    "captive-portal": "does this network want a login first? what is in the cache stays as it was",
    "ENOENT": "there is no such file; is the name right?",
  ]
}
