import Clients
import Net
import Wire

/// A message as dig prints it.
enum DigText {
  static func text(_ reply: DNSReply) -> String {
    let message = reply.message
    var lines = [
      ";; Got answer:",
      ";; ->>HEADER<<- opcode: \(message.flags.opcode), status: \(message.code), id: \(message.id)",
      ";; flags: \(message.flags.names.joined(separator: " ")); QUERY: \(message.questions.count), "
        + "ANSWER: \(message.answers.count), AUTHORITY: \(message.authorities.count), "
        + "ADDITIONAL: \(message.additionals.count + (message.edns == nil ? 0 : 1))",
    ]
    if message.flags.recursionDesired, !message.flags.recursionAvailable {
      lines.append(";; WARNING: recursion requested but not available")
    }
    lines.append("")
    if let edns = message.edns {
      lines += [
        ";; OPT PSEUDOSECTION:",
        "; EDNS: version: \(edns.version), flags:\(edns.dnssecOK ? " do" : ""); udp: \(edns.payloadSize)",
      ]
      lines += edns.options.map { "; \(option($0, reply))" }
    }
    lines.append(";; QUESTION SECTION:")
    for question in message.questions {
      // The semicolon takes no place in the count of columns.
      let words = [("\(question.name)", 0), ("\(question.questionClass)", 32), ("\(question.type)", 40)]
      lines.append(";" + columns(words))
    }
    let sections = [
      ("ANSWER", message.answers), ("AUTHORITY", message.authorities), ("ADDITIONAL", message.additionals),
    ]
    for (title, records) in sections where !records.isEmpty {
      lines += ["", ";; \(title) SECTION:"]
      lines += records.map { record in
        columns([
          ("\(record.name)", 0), ("\(record.ttl)", 24), ("\(record.recordClass)", 32), ("\(record.type)", 40),
          (record.data.text, 48),
        ])
      }
    }
    let host = reply.remote.address.map { "\($0)" } ?? "\(reply.remote.host)"
    lines += [
      "", ";; Query time: \(reply.time.nanoseconds / 1_000_000) msec",
      ";; SERVER: \(host)#\(reply.remote.port)(\(host)) (\(reply.server.transport.rawValue.uppercased()))",
      ";; WHEN: \(now)", ";; MSG SIZE  rcvd: \(reply.bytes.count)", "",
    ]
    return lines.joined(separator: "\n")
  }

  /// Puts words at columns by tabs, or one step behind the word before where that is longer.
  private static func columns(_ words: [(text: String, column: Int)]) -> String {
    var (line, at) = ("", 0)
    for (text, column) in words {
      if !line.isEmpty {
        let end = max(column, at + 1)
        let tabs = end / 8 - at / 8
        line += String(repeating: "\t", count: tabs)
        if tabs > 0 { at = end / 8 * 8 }
        line += String(repeating: " ", count: end - at)
        at = end
      }
      line += text
      at += text.utf8.count
    }
    return line
  }

  private static func option(_ option: EDNSOption, _ reply: DNSReply) -> String {
    let hex = BaseEncoding.hex.encode(option.data)
    switch option.name {
    case "nsid":
      let pairs = option.data.map { BaseEncoding.hex.encode([$0]) }.joined(separator: " ")
      return "NSID: \(pairs) (\(PresentationText.quoted(option.data)))"
    case "cookie":
      // Verified already: an answer with another cookie was not taken.
      return "COOKIE: \(hex)\(option.data.count > 8 ? " (good)" : " (echoed)")"
    case "client-subnet":
      guard let (network, scope) = option.clientSubnet else { return "CLIENT-SUBNET: \(hex)" }
      return "CLIENT-SUBNET: \(network.address)/\(network.prefix)/\(scope)"
    case "extended-error": return "EDE: \(option.text)"
    case "keepalive": return "TCP-KEEPALIVE: \(option.text)"
    case "padding": return "PAD: (\(option.data.count) bytes)"
    default: return "OPT=\(option.code): \(hex)"
    }
  }

  /// The time of now as date(1) prints it, in UTC.
  private static var now: String {
    guard let civil = Timestamp(secondsSince1970: wallClockNow() / 1_000_000_000)?.civil else { return "" }
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let day = Int(wallClockNow() / 86_400_000_000_000) % 7
    func two(_ number: some BinaryInteger) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let month = months[max(0, min(11, Int(civil.month) - 1))]
    return
      "\(days[max(0, day)]) \(month) \(two(civil.day)) \(two(civil.hour)):\(two(civil.minute)):\(two(civil.second)) UTC \(civil.year)"
  }
}
