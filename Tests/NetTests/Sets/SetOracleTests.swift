import Net
import TestSupport
import Testing

/// What Python's `ipaddress` makes of more than 100,000 random networks and ranges, beside what we make of them.
@Suite struct SetOracleTests {
  private static let program = """
    import ipaddress as i, sys
    net = lambda t: i.ip_network(t, strict=False)
    for line in sys.stdin:
      word, *rest = line.split()
      if word == "collapse":
        nets = [net(t) for t in rest]
        out = [n for v in (4, 6) for n in i.collapse_addresses([n for n in nets if n.version == v])]
      elif word == "summarize": out = i.summarize_address_range(*map(i.ip_address, rest))
      elif word == "exclude": out = sorted(net(rest[0]).address_exclude(net(rest[1])))
      elif word == "overlaps": out = [net(rest[0]).overlaps(net(rest[1]))]
      elif word == "subnet": out = [net(rest[0]).subnet_of(net(rest[1]))]
      # Before 3.13 Python does not know RFC 5952 section 5, so addresses are compared by their numbers.
      text = lambda o: o if isinstance(o, bool) else f"{o.version}:{int(o.network_address)}/{o.prefixlen}"
      print(" ".join(str(text(o)) for o in out))
    """

  private func text(_ networks: [Network]) -> String {
    networks.map { "\($0.address.version):\($0.address.value)/\($0.prefix)" }.joined(separator: " ")
  }

  private func check(_ questions: [(String, String)]) throws {
    let answers = try Python.run(Self.program, lines: questions.map(\.0))
    #expect(answers.count == questions.count)
    for (question, answer) in zip(questions, answers) where question.1 != answer {
      Issue.record("\(question.0.prefix(400)): \(question.1.prefix(400)), Python: \(answer.prefix(400))")
    }
  }

  @Test func aggregatesAsPythonCollapses() throws {
    var random = SeededRandom(seed: 5)
    try check(
      (0..<600).map { _ in
        let networks = (0..<150).map { _ in random.crowdedNetwork() }
        let set = AddressSet(networks.map { .network($0) })
        return ("collapse " + networks.map(\.description).joined(separator: " "), text(set.networks))
      })
  }

  @Test func summarizesRanges() throws {
    var random = SeededRandom(seed: 6)
    try check(
      (0..<10_000).map { _ in
        let first = random.crowdedNetwork().address
        let second =
          random.below(3) == 0 ? random.network(like: first).address : first.advanced(by: Int128(random.below(5_000)))
        let ends = [first, second ?? first].sorted()
        return ("summarize \(ends[0]) \(ends[1])", text(AddressSet([.range(ends[0], ends[1])]).networks))
      })
  }

  @Test func excludesAndCompares() throws {
    var random = SeededRandom(seed: 7)
    try check(
      (0..<8_000).flatMap { _ -> [(String, String)] in
        let outer = random.crowdedNetwork().masked
        let prefix = outer.prefix + random.below(outer.address.bitCount - outer.prefix + 1)
        let step = Int128(truncatingIfNeeded: random.next() >> UInt64(random.below(64)))
        let place = outer.first.advanced(by: step).flatMap { outer.contains($0) ? $0 : nil } ?? outer.last
        guard let inner = Network(address: place, prefix: prefix)?.masked else { return [] }
        let other = random.network(like: outer.address).masked
        let left = AddressSet([.network(outer)]).subtracting(AddressSet([.network(inner)]))
        let pairs = [(outer, inner), (inner, outer), (outer, other)]
        return [("exclude \(outer) \(inner)", text(left.networks))]
          + pairs.map { one, two in
            let overlap = AddressSet([.network(one)]).overlaps(AddressSet([.network(two)]))
            return ("overlaps \(one) \(two)", overlap ? "True" : "False")
          }
          + pairs.map { one, two in
            let isInside = AddressSet([.network(two)]).contains(.network(one))
            return ("subnet \(one) \(two)", isInside ? "True" : "False")
          }
      })
  }
}
