import Clients
import Net
import Servers
import Synchronization
import TestSupport
import Testing
import Transport
import Wire

/// The resolver with files of its own, and name servers of our own on addresses of loopback.
struct ResolverTests {
  /// A clock that the test turns.
  private final class Clock: Sendable {
    let now = Atomic<Int64>(1)
    func pass(seconds: Int64) { now.add(seconds * 1_000_000_000, ordering: .relaxed) }
  }

  /// Files and servers, `.1` and `.2` of a part of loopback that no other run has, and what was asked of each.
  private final class Site {
    static let network = "127.\(Int.random(in: 54...250)).\(Int.random(in: 1...250))"
    let folder: TemporaryFolder
    let clock = Clock()
    let resolver: Resolver
    let services: [DNSService]

    /// - Parameter answers: for each server what it makes of a query, nil for silence.
    init(
      hosts: String = "", order: String = "hosts: files dns", options: String = "", servers: [String] = ["1"],
      _ answers: [@Sendable (Message) -> Message?]
    ) throws {
      folder = try TemporaryFolder()
      let port = UInt16.random(in: 10_000...29_999)
      let lines = servers.map { "nameserver \(Self.network).\($0)\n" }.joined()
      for (name, text) in [("hosts", hosts), ("nsswitch", order), ("resolv", lines + options)] {
        try folder.write(name, Array((text + "\n").utf8))
      }
      services = try answers.enumerated().map { index, answer in
        let place = try #require(try Endpoint.parse("\(Self.network).\(index + 1):\(port)"))
        return try DNSService.start(on: place, NetworkContext(), answer: { query, _ in answer(query) })
      }
      var files = Resolver.Files()
      files.hosts = folder.path + "/hosts"
      files.order = folder.path + "/nsswitch"
      files.resolver = folder.path + "/resolv"
      files.port = port
      let clock = clock
      resolver = Resolver(files: files, cache: DNSCache(clock: { clock.now.load(ordering: .relaxed) }))
    }

    deinit { for service in services { service.stop() } }

    /// Resolves, and gives the addresses, or the code of the error, and what each step was.
    func resolve(_ name: String) -> (addresses: [String], code: String?, steps: [String]) {
      let steps = Mutex<[String]>([])
      do throws(NameError) {
        let context = NetworkContext(deadline: .after(nanoseconds: 60_000_000_000))
        let found = try resolver.resolve(name, context) { step in
          steps.withLock { $0.append("\(step.source) \(step.result)") }
        }
        return (found.map(\.description), nil, steps.withLock { $0 })
      } catch {
        return ([], error.code, steps.withLock { $0 })
      }
    }
  }

  /// A server of a few names: `www.example.test` has both families, `alias.test` leads to it, `large.test` is truncated over UDP.
  private static let names: @Sendable (Message) -> Message? = { query in
    var reply = query.reply()
    guard let question = query.questions.first else { return nil }
    func add(_ type: RecordType, _ data: RecordData) {
      if question.type == type { reply.answers.append(ResourceRecord(name: question.name, ttl: 60, data: data)) }
    }
    switch question.name.description.lowercased() {
    case "www.example.test.":
      add(.a, .address(Address(v4: 0xC000_0201)))
      add(.aaaa, .address(Address(v6High: 0x2001_0db8_0000_0000, low: 1)))
    case "alias.test.":
      if let words = try? ZoneWords.line(Array("www.example.test.".utf8)),
        let data = try? RecordData(type: .cname, words: words)
      {
        reply.answers.append(ResourceRecord(name: question.name, ttl: 60, data: data))
      }
    case "large.test.":
      for number in 0..<200 { add(.a, .address(Address(v4: 0x0A00_0000 + UInt32(number)))) }
    case "empty.test.": break
    default: reply.code = .nameError
    }
    if reply.answers.isEmpty, let words = try? ZoneWords.line(Array("ns.test. admin.test. 1 2 3 4 30".utf8)),
      let data = try? RecordData(type: .soa, words: words)
    {
      reply.authorities.append(ResourceRecord(name: .root, ttl: 600, data: data))
    }
    return reply
  }

  @Test func theHostsFileComesFirst() throws {
    let site = try Site(hosts: "192.0.2.7 WWW.example.test other # not this", [Self.names])
    #expect(site.resolve("www.example.test").addresses == ["192.0.2.7"])
    #expect(site.resolve("other.").addresses == ["192.0.2.7"])
    #expect(site.services[0].count == 0)
  }

  @Test func theOrderIsThatOfNsswitch() throws {
    let site = try Site(order: "passwd: x\nhosts: files [NOTFOUND=return]", [Self.names])
    #expect(site.resolve("www.example.test").code == "NXDOMAIN" && site.services[0].count == 0)
  }

  @Test func bothFamiliesAreAskedForAndKept() throws {
    let site = try Site([Self.names])
    #expect(Set(site.resolve("www.example.test").addresses) == ["192.0.2.1", "2001:db8::1"])
    #expect(site.services[0].count == 2)
    let again = site.resolve("WWW.example.test.")
    #expect(again.addresses.count == 2 && site.services[0].count == 2)
    #expect(again.steps.contains { $0.hasPrefix("cache ") })
    // The time that is left runs down, and then they are asked for again.
    site.clock.pass(seconds: 20)
    #expect(site.resolver.cache.all.map(\.records.first?.ttl) == [40, 40])
    site.clock.pass(seconds: 41)
    #expect(site.resolver.cache.all.isEmpty)
    _ = site.resolve("www.example.test")
    #expect(site.services[0].count == 4)
    site.resolver.cache.clear()
    #expect(site.resolver.cache.all.isEmpty)
  }

  /// "No" is kept for the lower of the SOA's TTL and minimum (RFC 2308 §5).
  @Test(arguments: [("nope.test", "NXDOMAIN"), ("empty.test", "NODATA")])
  func noIsKeptToo(_ name: String, _ code: String) throws {
    let site = try Site([Self.names])
    #expect(site.resolve(name).code == code && site.resolve(name).code == code)
    #expect(site.services[0].count == 2)
    site.clock.pass(seconds: 31)
    #expect(site.resolve(name).code == code)
    #expect(site.services[0].count == 4)
  }

  /// A label has at most 63 bytes, a name 255 (RFC 1035 §2.3.4): no server is asked for more.
  @Test func whatCannotBeANameIsAskedOfNobody() throws {
    let asked = Atomic<Int>(0)
    let site = try Site([
      { query in
        asked.add(1, ordering: .relaxed)
        return query.reply()
      }
    ])
    let long = String(repeating: "x", count: 63)
    for name in [long + "x.test", Array(repeating: long, count: 4).joined(separator: ".") + ".test", "a..test"] {
      #expect(site.resolve(name).code == "bad-name", "\(name)")
    }
    #expect(asked.load(ordering: .relaxed) == 0)
  }

  @Test func theSearchListCompletesNames() throws {
    let site = try Site(options: "search nowhere.test example.test", [Self.names])
    let found = site.resolve("www")
    #expect(found.addresses.count == 2, "\(found)")
    #expect(found.steps.contains("search www.nowhere.test. www.example.test. www."))
    // With a dot it is tried as it is first; with the last one it is whole.
    #expect(site.resolve("www.example").steps.contains { $0.hasPrefix("search www.example. ") })
    #expect(!site.resolve("www.example.").steps.contains { $0.hasPrefix("search") })
  }

  @Test func aliasesAreFollowed() throws {
    let site = try Site([Self.names])
    #expect(site.resolve("alias.test").addresses.count == 2)
  }

  @Test func whatIsTruncatedIsAskedForOverTCP() throws {
    let site = try Site([Self.names])
    #expect(site.resolve("large.test").addresses.count == 200)
  }

  /// A server that nobody is at refuses at once (ICMP), a silent one is left after its time, one that fails at once.
  @Test func theNextServerIsAskedWhenOneIsOfNoUse() throws {
    let refused = try Site(servers: ["9", "1"], [Self.names])
    let time = ContinuousClock().measure { #expect(refused.resolve("www.example.test").addresses.count == 2) }
    #expect(time < .seconds(5), "a refusal is no timeout")
    let silent = try Site(options: "options timeout:1 attempts:1", servers: ["2", "1"], [Self.names, { _ in nil }])
    #expect(silent.resolve("www.example.test").addresses.count == 2)
    let failing = try Site(
      servers: ["2", "1"],
      [
        Self.names,
        { query in
          var reply = query.reply()
          reply.code = .serverFailure
          return reply
        },
      ])
    #expect(failing.resolve("www.example.test").addresses.count == 2)
    let nobody = try Site(options: "options timeout:1 attempts:2", servers: ["1"], [{ _ in nil }])
    #expect(nobody.resolve("www.example.test").code == "timeout")
    #expect(nobody.services[0].count == 4)
  }

  @Test func rotationSpreadsTheQuestions() throws {
    let site = try Site(options: "options rotate", servers: ["1", "2"], [Self.names, Self.names])
    for number in 0..<6 { _ = site.resolve("n\(number).test") }
    #expect(site.services[0].count == 6 && site.services[1].count == 6)
  }

  @Test func otherLettersBecomeThoseOfDNS() throws {
    let site = try Site(hosts: "192.0.2.8 xn--bcher-kva.test", [Self.names])
    let found = site.resolve("Bücher.test")
    #expect(found.addresses == ["192.0.2.8"] && found.steps.first == "idn xn--bcher-kva.test")
    #expect(site.resolve("\u{2028}ü.test").code == "bad-idn")
  }
}
