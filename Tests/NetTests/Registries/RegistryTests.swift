import Net
import TestSupport
import Testing

/// The tables in the program and the files of facts say the same.
@Suite struct RegistryTests {
  private func rows(_ name: String) throws -> [[String]] {
    let heading = try Tree.read("\(Tree.root)/share/nsh/data/\(name)").prefix { $0 != "\n" }
    #expect(heading.hasPrefix("# IANA ") && heading.contains(", 20"), "\(name) names registry and date")
    return try Tree.rows(ofData: name)
  }

  @Test func specialBlocksAreThoseOfTheFiles() throws {
    for (name, blocks) in [("iana-ipv4-special.tsv", SpecialBlock.ipv4), ("iana-ipv6-special.tsv", SpecialBlock.ipv6)] {
      let ours = blocks.map { block in
        [block.network.description, block.name, block.rfc, block.allocated]
          + [block.isSource, block.isDestination, block.isForwardable, block.isGlobal, block.isReserved].map {
            $0.map { $0 ? "yes" : "no" } ?? "-"
          }
      }
      let file = try rows(name)
      #expect(ours.count == file.count)
      for (ours, file) in zip(ours, file) { #expect(ours == file) }
      for block in blocks { #expect(block.network == block.network.masked) }
    }
  }

  @Test func scopesAreThoseOfTheFile() throws {
    let file = try rows("ipv6-multicast-scopes.tsv")
    #expect(file.count == 16)
    for row in file {
      let value = try #require(UInt8(row[0]))
      #expect(AddressScope(multicast: value).rawValue == row[1])
    }
  }

  @Test func servicesAreSortedAndKnowTheCommonOnes() throws {
    let file = try rows("services.tsv")
    #expect(file.count > 300)
    for row in file {
      #expect(
        row.count == 4 && ["tcp", "udp", "sctp", "dccp"].contains(row[2]) && UInt16(row[1]) != nil && !row[3].isEmpty,
        "\(row)")
    }
    let ports = file.compactMap { UInt16($0[1]) }
    #expect(ports == ports.sorted())
    #expect(Set(file.map { "\($0[0]) \($0[1]) \($0[2])" }).count == file.count)
    for name in Set(file.map { $0[0] }) {
      // What the shell has compiled in is the same, where it has it.
      guard let port = Endpoint.servicePort(name) else { continue }
      #expect(file.contains { $0[0] == name && $0[1] == "\(port)" }, "\(name)")
    }
  }

  @Test(
    arguments: [
      ("0.0.0.0", "unspecified", nil), ("0.1.2.3", "this-network", false), ("10.0.0.1", "private", false),
      ("100.64.0.1", "shared", false),
      ("127.0.0.1", "loopback", false), ("169.254.1.1", "link-local", false), ("172.15.255.255", "global", true),
      ("172.16.0.0", "private", false),
      ("172.31.255.255", "private", false), ("172.32.0.1", "global", true), ("192.0.0.1", "protocol", false),
      ("192.0.0.9", "anycast", true),
      ("192.0.0.170", "nat64-discovery", false), ("192.0.2.1", "documentation", false),
      ("192.88.99.1", "6to4-relay", nil),
      ("198.19.255.255", "benchmarking", false), ("224.0.0.1", "multicast", false), ("232.1.1.1", "multicast", true),
      ("240.0.0.1", "reserved", false),
      ("255.255.255.255", "broadcast", false), ("::", "unspecified", false), ("::1", "loopback", false),
      ("::ffff:192.0.2.1", "ipv4-mapped", false),
      ("64:ff9b::1", "nat64", true), ("64:ff9b:1::1", "nat64", false), ("100::1", "discard", false),
      ("2001::1", "teredo", nil),
      ("2001:20::1", "orchid", true), ("2001:db8::1", "documentation", false), ("2002::1", "6to4", nil),
      ("3fff::1", "documentation", false),
      ("5f00::1", "srv6", false), ("fc00::1", "unique-local", false), ("fe80::1%eth0", "link-local", false),
      ("fec0::1", "site-local", nil),
      ("ff02::1", "multicast", false), ("ff0e::1", "multicast", true), ("2600::1", "global", true),
      ("4000::1", "reserved", false),
    ] as [(String, String, Bool?)])
  func kinds(text: String, kind: String, isGlobal: Bool?) throws {
    let address = try #require(Address(text))
    #expect(address.kind.rawValue == kind)
    if text != "0.0.0.0" { #expect(address.isGlobal == isGlobal) }
  }

  @Test(
    arguments: [
      ("10.0.0.0/8", "private"), ("10.0.0.0/7", "mixed"), ("192.168.0.0/15", "mixed"), ("0.0.0.0/0", "mixed"),
      ("0.0.0.0/8", "this-network"),
      ("8.0.0.0/8", "global"), ("224.0.0.0/4", "multicast"), ("224.0.0.0/3", "mixed"), ("2600::/12", "global"),
      ("2000::/3", "mixed"),
      ("6000::/3", "reserved"), ("fc00::/7", "unique-local"), ("192.0.0.0/24", "protocol"),
    ])
  func kindsOfNetworks(text: String, kind: String) throws {
    #expect(try #require(Network(text)).kind.rawValue == kind)
  }

  @Test(
    arguments: [
      ("127.0.0.1", "host"), ("::1", "host"), ("169.254.0.1", "link-local"), ("fe80::1", "link-local"),
      ("10.0.0.1", "global"), ("fd00::1", "global"),
      ("224.0.0.251", "link-local"), ("239.255.0.1", "site-local"), ("239.195.255.255", "organization-local"),
      ("239.0.0.1", "admin-local"),
      ("233.0.0.1", "global"), ("ff01::1", "interface-local"), ("ff02::fb", "link-local"), ("ff03::1", "realm-local"),
      ("ff04::1", "admin-local"),
      ("ff05::2", "site-local"), ("ff08::1", "organization-local"), ("ff0e::1", "global"), ("ff00::1", "reserved"),
      ("ff0f::1", "reserved"),
      ("ff36:30::1", "unassigned"), ("255.255.255.255", "link-local"), ("0.0.0.0", nil), ("fec0::1", "site-local"),
    ] as [(String, String?)])
  func scopes(text: String, scope: String?) throws {
    #expect(try #require(Address(text)).scope?.rawValue == scope)
  }

  /// The servers of the root, against the copy of IANA's hints that Debian's dns-root-data has.
  @Test func theRootHintsAreThoseOfDebian() throws {
    let ours = try Tree.rows(ofData: "root-hints.tsv").map { "\($0[0]) \($0[1])" }
    let theirs = try Tree.read("/usr/share/dns/root.hints").split(separator: "\n").compactMap { line -> String? in
      let cells = line.split { $0.isWhitespace }
      guard cells.count == 4, cells[2] == "A" || cells[2] == "AAAA" else { return nil }
      return "\(cells[0].dropLast().lowercased()) \(cells[3].lowercased())"
    }
    #expect(theirs.count == 26 && Set(ours) == Set(theirs) && ours.count == theirs.count)
    #expect(ours.allSatisfy { $0.split(separator: " ").last.flatMap { Address(String($0)) } != nil })
  }
}
