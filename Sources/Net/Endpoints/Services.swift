extension Endpoint {
  /// Gives the port of a well-known service, ignoring case (RFC 6335 §5.1); nil for a name that is not in the table.
  public static func servicePort(_ name: String) -> UInt16? {
    portsByName[name] ?? (name.utf8.count <= 15 ? portsByName[name.lowercased()] : nil)
  }

  /// Gives the name of the service that a port is registered for, the first of several; nil if none is in the table.
  public static func serviceName(_ port: UInt16) -> String? { namesByPort[port] }

  private static let portsByName = Dictionary(services, uniquingKeysWith: { first, _ in first })
  private static let namesByPort = Dictionary(services.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })

  /// The services that are met most, from the IANA Service Name and Transport Protocol Port Number Registry (RFC 6335).
  /// Compiled in, so that a script means the same on every machine; where two share a port, the common one is first.
  private static let services: [(String, UInt16)] = [
    ("tcpmux", 1), ("echo", 7), ("discard", 9), ("systat", 11), ("daytime", 13), ("qotd", 17), ("chargen", 19),
    ("ftp-data", 20), ("ftp", 21), ("ssh", 22), ("telnet", 23), ("smtp", 25), ("time", 37), ("whois", 43),
    ("nicname", 43), ("tacacs", 49), ("domain", 53), ("bootps", 67), ("bootpc", 68), ("tftp", 69), ("gopher", 70),
    ("finger", 79), ("http", 80), ("www", 80), ("kerberos", 88), ("pop3", 110), ("sunrpc", 111), ("auth", 113),
    ("ident", 113), ("nntp", 119), ("ntp", 123), ("netbios-ns", 137), ("netbios-dgm", 138), ("netbios-ssn", 139),
    ("imap", 143), ("snmp", 161), ("snmptrap", 162), ("bgp", 179), ("irc", 194), ("ldap", 389), ("https", 443),
    ("microsoft-ds", 445), ("kpasswd", 464), ("submissions", 465), ("isakmp", 500), ("syslog", 514), ("printer", 515),
    ("rip", 520), ("nntps", 563), ("submission", 587), ("ipp", 631), ("ldaps", 636), ("ldp", 646), ("domain-s", 853),
    ("rsync", 873), ("ftps-data", 989), ("ftps", 990), ("telnets", 992), ("imaps", 993), ("pop3s", 995),
    ("socks", 1080), ("openvpn", 1194), ("radius", 1812), ("radius-acct", 1813), ("mqtt", 1883), ("nfs", 2049),
    ("mysql", 3306), ("stun", 3478), ("turn", 3478), ("svn", 3690), ("sieve", 4190), ("ipsec-nat-t", 4500),
    ("sip", 5060), ("sips", 5061), ("xmpp-client", 5222), ("xmpp-server", 5269), ("stuns", 5349), ("mdns", 5353),
    ("llmnr", 5355), ("postgresql", 5432), ("amqps", 5671), ("amqp", 5672), ("coap", 5683), ("rfb", 5900),
    ("syslog-tls", 6514), ("redis", 6379), ("http-alt", 8080), ("secure-mqtt", 8883), ("git", 9418),
  ]
}
