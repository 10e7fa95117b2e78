import Clients
import Net
import Transport
import Wire

// How large a packet may be on the way.

extension Inquiry {
  /// What becomes of a ping of a size that nobody may divide on the way.
  private enum Passage { case arrives, isTold, isLost }

  /// Looks whether large packets get lost in silence where small ones arrive, and how large they may be.
  ///
  /// The answer to a ping is as large as the ping, so that both ways are tried.
  mutating func weighPackets(to address: Address) {
    let links = (try? RoutingQueries(context).links()) ?? []
    let first = links.first { $0.index == evidence.route?.outgoing }?.mtu.map { Int($0) } ?? 1_500
    // Sizes that links and tunnels have.
    let sizes = [84, 576, 1_280, 1_400, 1_420, 1_450, 1_480, 1_492].filter { $0 < first }
    guard let least = sizes.first, passage(least, address) == .arrives else { return }
    guard passage(first, address) == .isLost else { return }
    var (passes, fails) = (least, first)
    var (low, high) = (0, sizes.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if passage(sizes[middle], address) == .arrives {
        (low, passes) = (middle, sizes[middle])
      } else {
        (high, fails) = (middle, sizes[middle])
      }
    }
    evidence.hole = (passes, fails)
  }

  private mutating func passage(_ size: Int, _ address: Address) -> Passage {
    var options = Ping.Options()
    options.isWhole = true
    options.size = size - (address.isIPv4 ? 28 : 48)
    // One lost packet is no proof.
    options.count = 2
    options.interval = TimeSpan(nanoseconds: 50_000_000)
    options.patience = share(0.3, atMost: 350_000_000)
    guard let ping = try? Ping(.address(address), options, context) else { return .isTold }
    defer { ping.close() }
    var passage = Passage.isLost
    while let report = try? ping.report() {
      if report.isReply || report.sender != nil {
        passage = report.isReply ? .arrives : .isTold
        break
      }
    }
    let words: [Passage: String] = [
      .arrives: "arrives and comes back", .isTold: "somebody says no", .isLost: "silence",
    ]
    evidence.note("size", "\(size) bytes in one piece: \(words[passage] ?? "")", "ping")
    return passage
  }
}
