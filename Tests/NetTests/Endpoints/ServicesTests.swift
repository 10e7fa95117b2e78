import Net
import TestSupport
import Testing

@Suite struct ServicesTests {
  @Test func namesWellKnownServices() {
    let expected: [(String, UInt16)] = [
      ("echo", 7), ("discard", 9), ("daytime", 13), ("chargen", 19), ("ftp", 21), ("ssh", 22), ("telnet", 23),
      ("smtp", 25), ("time", 37),
      ("domain", 53), ("http", 80), ("pop3", 110), ("ntp", 123), ("imap", 143), ("snmp", 161), ("ldap", 389),
      ("https", 443), ("submission", 587),
      ("imaps", 993), ("pop3s", 995),
    ]
    for (name, port) in expected {
      #expect(Endpoint.servicePort(name) == port && Endpoint.serviceName(port) == name)
    }
    #expect(Endpoint.servicePort("www") == 80 && Endpoint.serviceName(4) == nil && Endpoint.servicePort("") == nil)
  }

  /// Debian's /etc/services, by getservbyname(3): where both know a name, they mean the same.
  @Test func agreesWithTheSystem() throws {
    let names = (0...UInt16.max).compactMap { Endpoint.serviceName($0) }
    #expect(names.count > 60)
    let answers = try Python.run(
      """
      import socket, sys
      for line in sys.stdin:
        ports = []
        for protocol in ("tcp", "udp"):
          try: ports.append(str(socket.getservbyname(line.strip(), protocol)))
          except OSError: pass
        print(",".join(ports) or "unknown")
      """, lines: names)
    for (name, answer) in zip(names, answers) where answer != "unknown" {
      let port = try #require(Endpoint.servicePort(name))
      #expect(answer.split(separator: ",").contains("\(port)"), "\(name)")
    }
  }
}
