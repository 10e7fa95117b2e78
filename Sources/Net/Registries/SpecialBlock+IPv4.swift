extension SpecialBlock {
  /// The IANA IPv4 Special-Purpose Address Registry as of 2025-10-09; share/nsh/data/iana-ipv4-special.tsv holds the same.
  public static let ipv4: [SpecialBlock] = [
    SpecialBlock("0.0.0.0/8", "This network", "RFC 791 §3.2", "1981-09", "TFFFT", .thisNetwork),
    SpecialBlock("0.0.0.0/32", "This host on this network", "RFC 1122 §3.2.1.3", "1981-09", "TFFFT", .unspecified),
    SpecialBlock("10.0.0.0/8", "Private-Use", "RFC 1918", "1996-02", "TTTFF", .private),
    SpecialBlock("100.64.0.0/10", "Shared Address Space", "RFC 6598", "2012-04", "TTTFF", .shared),
    SpecialBlock("127.0.0.0/8", "Loopback", "RFC 1122 §3.2.1.3", "1981-09", "FFFFT", .loopback),
    SpecialBlock("169.254.0.0/16", "Link Local", "RFC 3927", "2005-05", "TTFFT", .linkLocal),
    SpecialBlock("172.16.0.0/12", "Private-Use", "RFC 1918", "1996-02", "TTTFF", .private),
    SpecialBlock("192.0.0.0/24", "IETF Protocol Assignments", "RFC 6890 §2.1", "2010-01", "FFFFF", .protocol),
    SpecialBlock("192.0.0.0/29", "IPv4 Service Continuity Prefix", "RFC 7335", "2011-06", "TTTFF", .protocol),
    SpecialBlock("192.0.0.8/32", "IPv4 dummy address", "RFC 7600", "2015-03", "TFFFF", .dummy),
    SpecialBlock("192.0.0.9/32", "Port Control Protocol Anycast", "RFC 7723", "2015-10", "TTTTF", .anycast),
    SpecialBlock(
      "192.0.0.10/32", "Traversal Using Relays around NAT Anycast", "RFC 8155", "2017-02", "TTTTF", .anycast),
    SpecialBlock(
      "192.0.0.170/32", "NAT64/DNS64 Discovery", "RFC 8880, RFC 7050 §2.2", "2013-02", "FFFFT", .nat64Discovery),
    SpecialBlock(
      "192.0.0.171/32", "NAT64/DNS64 Discovery", "RFC 8880, RFC 7050 §2.2", "2013-02", "FFFFT", .nat64Discovery),
    SpecialBlock("192.0.2.0/24", "Documentation (TEST-NET-1)", "RFC 5737", "2010-01", "FFFFF", .documentation),
    SpecialBlock("192.31.196.0/24", "AS112-v4", "RFC 7535", "2014-12", "TTTTF", .as112),
    SpecialBlock("192.52.193.0/24", "AMT", "RFC 7450", "2014-12", "TTTTF", .amt),
    SpecialBlock("192.88.99.0/24", "Deprecated (6to4 Relay Anycast)", "RFC 7526", "2001-06", "-----", .sixToFourRelay),
    SpecialBlock("192.88.99.2/32", "6a44-relay anycast address", "RFC 6751", "2012-10", "TTTFF", .sixToFourRelay),
    SpecialBlock("192.168.0.0/16", "Private-Use", "RFC 1918", "1996-02", "TTTFF", .private),
    SpecialBlock("192.175.48.0/24", "Direct Delegation AS112 Service", "RFC 7534", "1996-01", "TTTTF", .as112),
    SpecialBlock("198.18.0.0/15", "Benchmarking", "RFC 2544", "1999-03", "TTTFF", .benchmarking),
    SpecialBlock("198.51.100.0/24", "Documentation (TEST-NET-2)", "RFC 5737", "2010-01", "FFFFF", .documentation),
    SpecialBlock("203.0.113.0/24", "Documentation (TEST-NET-3)", "RFC 5737", "2010-01", "FFFFF", .documentation),
    SpecialBlock("240.0.0.0/4", "Reserved", "RFC 1112 §4", "1989-08", "FFFFT", .reserved),
    SpecialBlock("255.255.255.255/32", "Limited Broadcast", "RFC 8190, RFC 919 §7", "1984-10", "FTFFT", .broadcast),
  ].compactMap(\.self)

  /// What is special in IPv4 by another registry than the one of special purposes.
  static let ipv4Space: [SpecialBlock] = [
    SpecialBlock("224.0.0.0/4", "Multicast", "RFC 5771 §3", "1989-08", "FT---", .multicast)
  ].compactMap(\.self)
}
