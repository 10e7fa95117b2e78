import Clients
import Net
import Wire

/// A message as dig prints it.
enum DigText {
  static func text(_ reply: DNSReply) -> String {
    let message = reply.message
    var lines = [
      ";; ->>HEADER<<- opcode: \(message.flags.opcode), status: \(message.code), id: \(message.id)",
      ";; flags: \(message.flags.names.joined(separator: " ")); QUERY: \(message.questions.count), "
        + "ANSWER: \(message.answers.count), AUTHORITY: \(message.authorities.count), "
        + "ADDITIONAL: \(message.additionals.count + (message.edns == nil ? 0 : 1))",
    ]
    if let edns = message.edns {
      lines += [
        "", ";; OPT PSEUDOSECTION:",
        "; EDNS: version: \(edns.version), flags:\(edns.dnssecOK ? " do" : ""); udp: \(edns.payloadSize)",
      ]
      for option in edns.options { lines.append("; \(option.name.uppercased()): \(option.text)") }
    } else {
      lines.append("")
    }
    lines.append(";; QUESTION SECTION:")
    for question in message.questions {
      lines.append(";\(question.name)\t\t\(question.questionClass)\t\(question.type)")
    }
    let sections = [
      ("ANSWER", message.answers), ("AUTHORITY", message.authorities), ("ADDITIONAL", message.additionals),
    ]
    for (title, records) in sections where !records.isEmpty {
      lines += ["", ";; \(title) SECTION:"]
      lines += records.map { "\($0.name)\t\($0.ttl)\t\($0.recordClass)\t\($0.type)\t\($0.data.text)" }
    }
    let host = reply.remote.address.map { "\($0)" } ?? "\(reply.remote.host)"
    lines += [
      "", ";; Query time: \(reply.time.nanoseconds / 1_000_000) msec",
      ";; SERVER: \(host)#\(reply.remote.port)(\(host)) (\(reply.server.transport.rawValue.uppercased()))",
      ";; MSG SIZE  rcvd: \(reply.bytes.count)", "",
    ]
    return lines.joined(separator: "\n")
  }
}
