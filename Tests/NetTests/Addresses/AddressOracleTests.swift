import Net
import TestSupport
import Testing

/// What Python's `ipaddress` says about thousands of random texts, most of them nearly right.
@Suite struct AddressOracleTests {
  @Test func agreesOnAddresses() throws {
    var random = SeededRandom(seed: 20261123)
    var texts: [String] = []
    for _ in 0..<6000 {
      let address = random.address()
      let text = random.below(2) == 0 ? address.description : spelledOut(address, &random)
      texts.append(random.below(3) == 0 ? text : random.mutated(text, alphabet: "0123456789abcdefABCF::..:% gx"))
    }
    let answers = try Python.run(
      """
      import ipaddress, sys
      for line in sys.stdin:
        try:
          a = ipaddress.ip_address(line.rstrip("\\n"))
          text = str(a)
          scope = getattr(a, "scope_id", None)
          # inet_pton(3) and the kernel refuse what Python takes as a zone: too long, with a colon or white space.
          if scope and (len(scope) > 15 or set(scope) & set(": [")): raise ValueError
          # Before 3.13 Python does not know RFC 5952 section 5.
          if a.version == 6 and a.ipv4_mapped: text = "::ffff:" + str(a.ipv4_mapped) + ("%" + scope if scope else "")
          print(a.version, int(a), a.packed.hex(), text, type(a)(int(a)).reverse_pointer)
        except ValueError:
          print("bad")
      """, lines: texts)
    #expect(answers.count == texts.count)
    var good = 0
    for (text, answer) in zip(texts, answers) {
      let ours = Address(text)
      if ours != nil { good += 1 }
      #expect(ours.map(summary) ?? "bad" == answer, "\(text)")
    }
    #expect(good > 1500 && good < 5500)
  }

  @Test func agreesOnNetworks() throws {
    var random = SeededRandom(seed: 4632)
    var texts: [String] = []
    for _ in 0..<4000 {
      let address = random.address()
      let prefix = random.below(address.bitCount + 1)
      var text = "\(address)/\(prefix)"
      if address.isIPv4, random.below(3) == 0, let network = Network(address: address, prefix: prefix) {
        text = "\(address)/\(network.mask)"
      }
      text = random.below(2) == 0 ? text : random.mutated(text, alphabet: "0123456789/.:")
      texts.append("\(text) \(random.below(3) == 0 ? random.address() : near(address, &random))")
    }
    let answers = try Python.run(
      """
      import ipaddress, sys
      for line in sys.stdin:
        text, member = line.rstrip("\\n").split(" ")
        try:
          i = ipaddress.ip_interface(text)
          length = text.split("/")[1]
          # Python also takes masks of host bits and zeros before a prefix.
          if "." in length and ipaddress.ip_address(length) != i.network.netmask: raise ValueError
          if "." not in length and str(int(length)) != length: raise ValueError
          if "%" in text: raise ValueError
          n = i.network
          member = ipaddress.ip_address(member.split("%")[0])
          print(int(i.ip), n.prefixlen, int(n[0]), int(n[-1]), int(n.netmask), int(member in n))
        except (ValueError, IndexError):
          print("bad")
      """, lines: texts)
    #expect(answers.count == texts.count)
    for (line, answer) in zip(texts, answers) {
      let words = line.split(separator: " ")
      let member = try #require(Address(words[1]))
      let ours = Network(words[0]).flatMap { network in
        network.address.zone == nil
          ? "\(network.address.value) \(network.prefix) \(network.first.value) \(network.last.value) \(network.mask.value) \(network.contains(member) ? 1 : 0)"
          : nil
      }
      #expect(ours ?? "bad" == answer, "\(line)")
    }
  }

  private func summary(_ address: Address) -> String {
    let digits = Array("0123456789abcdef")
    let hex = String(address.bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    return "\(address.version) \(address.value) \(hex) \(address) \(address.reverseName)"
  }

  /// The address with all its groups, zeros before them and letters of either case.
  private func spelledOut(_ address: Address, _ random: inout SeededRandom) -> String {
    guard !address.isIPv4 else { return address.description }
    let bytes = address.bytes
    var groups = (0..<8).map { index in
      let text = String(
        Int(bytes[2 * index]) << 8 | Int(bytes[2 * index + 1]), radix: 16, uppercase: random.below(2) == 0)
      return random.below(2) == 0 ? text : String(repeating: "0", count: 4 - text.count) + text
    }
    if random.below(4) == 0 { groups[6...7] = [bytes[12...].map { "\($0)" }.joined(separator: ".")] }
    return groups.joined(separator: ":") + (address.zone.map { "%\($0)" } ?? "")
  }

  /// An address that differs in one bit.
  private func near(_ address: Address, _ random: inout SeededRandom) -> Address {
    Address(value: address.value ^ (UInt128(1) << random.below(address.bitCount)), like: address) ?? address
  }
}
