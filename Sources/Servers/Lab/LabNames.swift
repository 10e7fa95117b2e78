import Net
import System
import Transport
import Wire

/// What the name servers of the lab say, right or wrong.
struct LabNames: Sendable {
  /// Answers a query by asking from the root down; it may take its time.
  typealias Recursion = @Sendable (Message) -> Message

  let zones: [DomainName: Zone]
  let recursion: Recursion
  let state: LabState

  /// Reads the zones of a folder that the parts name, each in a file `ORIGIN.zone`, the root's in `root.zone`.
  init(folder: String, parts: [LabPart], recursion: @escaping Recursion, state: LabState) throws {
    var zones: [DomainName: Zone] = [:]
    for text in parts.filter({ $0.service == .dns }).flatMap({ $0.serves.split(separator: " ") }) {
      let origin = try DomainName(String(text))
      let path = "\(folder)/\(origin.isRoot ? "root" : String(text)).zone"
      var records: [ResourceRecord] = []
      var file = MasterFile(origin: origin)
      try file.read(try FileText.read(path), file: path) { records.append($0) }
      zones[origin] = try Zone(origin: origin, records: records)
    }
    self.zones = zones
    self.recursion = recursion
    self.state = state
  }

  /// Makes the two ways to ask a part: over UDP, and on a stream.
  func conversations(of part: LabPart) -> (datagrams: DNSConversation, streams: DNSConversation) {
    let names = part.serves.split(separator: " ").compactMap { try? DomainName(String($0)) }
    let authority = Authority(zones: names.compactMap { zones[$0] }, transfers: [])
    let recursion = recursion
    let right: Recursion = { part.service == .resolver ? recursion($0) : authority.answer($0) }
    return (
      DNSConversation(answer: { query, _ in answer(query, part, isDatagram: true, right) }),
      DNSConversation(answer: { query, _ in answer(query, part, isDatagram: false, right) })
    )
  }

  private func answer(
    _ query: Message, _ part: LabPart, isDatagram: Bool, _ right: (Message) -> Message
  ) -> Message? {
    var wrong = query.reply()
    switch state[part] {
    case .servfail: wrong.code = .serverFailure
    case .refused: wrong.code = .refused
    case .silent, .closed: return nil
    case .truncated where isDatagram: wrong.flags.isTruncated = true
    // It refers upwards, as servers did that had lost a zone (RFC 1912 §2.8 calls the delegation to them lame).
    case .lame: wrong.authorities = zones[.root]?.records.filter { $0.type == .ns && $0.name.isRoot } ?? []
    default: return right(query)
    }
    return wrong
  }
}
