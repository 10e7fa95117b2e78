extension SpecialBlock {
  /// The IANA IPv6 Special-Purpose Address Registry as of 2025-10-09; share/nsh/data/iana-ipv6-special.tsv holds the same.
  public static let ipv6: [SpecialBlock] = [
    SpecialBlock("::1/128", "Loopback Address", "RFC 4291 §2.5.3", "2006-02", "FFFFT", .loopback),
    SpecialBlock("::/128", "Unspecified Address", "RFC 4291 §2.5.2", "2006-02", "TFFFT", .unspecified),
    SpecialBlock("::ffff:0:0/96", "IPv4-mapped Address", "RFC 4291 §2.5.5.2", "2006-02", "FFFFT", .mapped),
    SpecialBlock("64:ff9b::/96", "IPv4-IPv6 Translat.", "RFC 6052", "2010-10", "TTTTF", .nat64),
    SpecialBlock("64:ff9b:1::/48", "IPv4-IPv6 Translat.", "RFC 8215", "2017-06", "TTTFF", .nat64),
    SpecialBlock("100::/64", "Discard-Only Address Block", "RFC 6666", "2012-06", "TTTFF", .discard),
    SpecialBlock("100:0:0:1::/64", "Dummy IPv6 Prefix", "RFC 9780", "2025-04", "TFFFF", .dummy),
    SpecialBlock("2001::/23", "IETF Protocol Assignments", "RFC 2928", "2000-09", "FFFFF", .protocol),
    SpecialBlock("2001::/32", "TEREDO", "RFC 4380, RFC 8190", "2006-01", "TTT-F", .teredo),
    SpecialBlock("2001:1::1/128", "Port Control Protocol Anycast", "RFC 7723", "2015-10", "TTTTF", .anycast),
    SpecialBlock(
      "2001:1::2/128", "Traversal Using Relays around NAT Anycast", "RFC 8155", "2017-02", "TTTTF", .anycast),
    SpecialBlock(
      "2001:1::3/128", "DNS-SD Service Registration Protocol Anycast", "RFC 9665", "2024-04", "TTTTF", .anycast),
    SpecialBlock("2001:2::/48", "Benchmarking", "RFC 5180, RFC Errata 1752", "2008-04", "TTTFF", .benchmarking),
    SpecialBlock("2001:3::/32", "AMT", "RFC 7450", "2014-12", "TTTTF", .amt),
    SpecialBlock("2001:4:112::/48", "AS112-v6", "RFC 7535", "2014-12", "TTTTF", .as112),
    SpecialBlock("2001:10::/28", "Deprecated (previously ORCHID)", "RFC 4843", "2007-03", "-----", .orchid),
    SpecialBlock("2001:20::/28", "ORCHIDv2", "RFC 7343", "2014-07", "TTTTF", .orchid),
    SpecialBlock(
      "2001:30::/28", "Drone Remote ID Protocol Entity Tags (DETs) Prefix", "RFC 9374", "2022-12", "TTTTF", .droneID),
    SpecialBlock("2001:db8::/32", "Documentation", "RFC 3849", "2004-07", "FFFFF", .documentation),
    SpecialBlock("2002::/16", "6to4", "RFC 3056", "2001-02", "TTT-F", .sixToFour),
    SpecialBlock("2620:4f:8000::/48", "Direct Delegation AS112 Service", "RFC 7534", "2011-05", "TTTTF", .as112),
    SpecialBlock("3fff::/20", "Documentation", "RFC 9637", "2024-07", "FFFFF", .documentation),
    SpecialBlock("5f00::/16", "Segment Routing (SRv6) SIDs", "RFC 9602", "2024-04", "TTTFF", .srv6),
    SpecialBlock("fc00::/7", "Unique-Local", "RFC 4193, RFC 8190", "2005-10", "TTTFF", .uniqueLocal),
    SpecialBlock("fe80::/10", "Link-Local Unicast", "RFC 4291 §2.5.6", "2006-02", "TTFFT", .linkLocal),
  ].compactMap(\.self)

  /// What is special in IPv6 by RFC 4291 itself.
  static let ipv6Space: [SpecialBlock] = [
    SpecialBlock("ff00::/8", "Multicast", "RFC 4291 §2.7", "2006-02", "FT---", .multicast),
    SpecialBlock("fec0::/10", "Deprecated (Site-Local Unicast)", "RFC 3879", "2004-09", "-----", .siteLocal),
    SpecialBlock("::/96", "Deprecated (IPv4-Compatible)", "RFC 4291 §2.5.5.1", "2006-02", "-----", .compatible),
  ].compactMap(\.self)
}
