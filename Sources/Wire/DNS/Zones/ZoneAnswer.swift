import Net

/// What a zone answers to a question (RFC 1034 §4.3.2): records for each section, a code, and whether it speaks with authority.
public struct ZoneAnswer: Sendable, Hashable {
  public var code = ResponseCode.noError
  public var isAuthoritative = true
  public var answers: [ResourceRecord] = []
  public var authorities: [ResourceRecord] = []
  public var additionals: [ResourceRecord] = []

  public init() {}
}

extension Zone {
  /// How many aliases are followed within the zone.
  private static let chainLimit = 16

  /// Answers a question whose name lies within the zone; nil for a name outside.
  ///
  /// - Parameter signatures: whether RRSIG records of what is given are wanted too (DO; RFC 4035 §3.1).
  public func answer(_ question: Question, signatures: Bool = false) -> ZoneAnswer? {
    guard question.name.isWithin(origin) else { return nil }
    var answer = ZoneAnswer()
    var name = question.name
    for _ in 0..<Zone.chainLimit {
      guard let next = step(name, question, signatures, &answer) else { break }
      // A target in another zone, or one that was there already, is left to the asker.
      guard next.isWithin(origin), !answer.answers.contains(where: { $0.name == next && $0.type == .cname }) else {
        break
      }
      name = next
    }
    addAddresses(to: &answer, signatures)
    return answer
  }

  /// Adds what is known of one name; gives the name that an alias leads on to.
  private func step(
    _ name: DomainName, _ question: Question, _ signatures: Bool, _ answer: inout ZoneAnswer
  ) -> DomainName? {
    if let cut = cut(above: name, for: question.type) { return refer(cut, signatures, &answer) }
    if let dname = redirection(above: name) { return follow(dname, name, signatures, &answer) }
    if let node = nodes[name] { return give(node, as: name, question, signatures, &answer) }
    // The wildcard of the closest name that exists stands for what is missing below it (RFC 4592 §3.3.1).
    var encloser = name.parent
    while let above = encloser, nodes[above] == nil { encloser = above.parent }
    if let wild = encloser?.prepending(label: [UInt8(ascii: "*")]), let node = nodes[wild] {
      return give(node, as: name, question, signatures, &answer)
    }
    if answer.answers.isEmpty { answer.code = .nameError }
    // An alias that leads to a name which does not exist is NXDOMAIN as well (RFC 6604 §3).
    if answer.answers.last?.type == .cname { answer.code = .nameError }
    addSOA(to: &answer, signatures)
    return nil
  }

  /// The highest name from below the apex down to this one where another zone begins; a DS is asked of the parent (RFC 4035 §3.1.4.1).
  private func cut(above name: DomainName, for type: RecordType) -> DomainName? {
    let depth = origin.labelCount
    let whole = name.labelCount
    guard whole > depth else { return nil }
    for count in (depth + 1)...whole {
      let candidate = count == whole ? name : name.suffix(count)
      guard nodes[candidate]?.sets[.ns] != nil else { continue }
      return count == whole && type == .ds ? nil : candidate
    }
    return nil
  }

  private func redirection(above name: DomainName) -> ResourceRecord? {
    var above = name.parent
    while let next = above, next.isWithin(origin) {
      if let dname = nodes[next]?.sets[.dname]?.first { return dname }
      above = next.parent
    }
    return nil
  }

  private func refer(_ cut: DomainName, _ signatures: Bool, _ answer: inout ZoneAnswer) -> DomainName? {
    if answer.answers.isEmpty { answer.isAuthoritative = false }
    answer.authorities += set(cut, .ns, signatures: false)
    if signatures { answer.authorities += set(cut, .ds, signatures: true) }
    return nil
  }

  /// Gives a DNAME and the CNAME that follows from it (RFC 6672 §3.1).
  private func follow(
    _ dname: ResourceRecord, _ name: DomainName, _ signatures: Bool, _ answer: inout ZoneAnswer
  ) -> DomainName? {
    answer.answers += set(dname.name, .dname, signatures: signatures)
    guard let target = dname.data.target else { return nil }
    let prefix = name.labels.dropLast(dname.name.labelCount)
    guard let relative = DomainName(labels: prefix), let new = relative.appending(target) else {
      answer.code = ResponseCode(rawValue: 6)
      return nil
    }
    answer.answers.append(
      ResourceRecord(name: name, ttl: dname.ttl, data: RecordData(type: .cname, values: [.name(new)])))
    return new
  }

  private func give(
    _ node: Node, as name: DomainName, _ question: Question, _ signatures: Bool, _ answer: inout ZoneAnswer
  ) -> DomainName? {
    if let alias = node.sets[.cname], question.type != .cname, question.type != .any {
      answer.answers += named(alias + (signatures ? signaturesOf(.cname, node) : []), name)
      return alias.first?.data.target
    }
    if question.type == .any {
      answer.answers += named(node.sets.sorted { $0.key < $1.key }.flatMap(\.value), name)
    } else if let found = node.sets[question.type] {
      answer.answers += named(found + (signatures ? signaturesOf(question.type, node) : []), name)
    } else {
      return addSOA(to: &answer, signatures)
    }
    return answer.answers.isEmpty ? addSOA(to: &answer, signatures) : nil
  }

  /// Gives records the name that was asked for, which differs from their own at a wildcard and in the case of letters.
  private func named(_ records: [ResourceRecord], _ name: DomainName) -> [ResourceRecord] {
    guard let first = records.first, first.name.wire != name.wire else { return records }
    return records.map { ResourceRecord(name: name, recordClass: $0.recordClass, ttl: $0.ttl, data: $0.data) }
  }

  private func set(_ name: DomainName, _ type: RecordType, signatures: Bool) -> [ResourceRecord] {
    guard let node = nodes[name] else { return [] }
    return (node.sets[type] ?? []) + (signatures ? signaturesOf(type, node) : [])
  }

  private func signaturesOf(_ type: RecordType, _ node: Node) -> [ResourceRecord] {
    (node.sets[.rrsig] ?? []).filter { $0.data.values.first == .types([type]) }
  }

  /// Adds the SOA that says how long a "no" may be kept: the lower of its TTL and its minimum (RFC 2308 §3).
  @discardableResult
  private func addSOA(to answer: inout ZoneAnswer, _ signatures: Bool) -> DomainName? {
    var soa = soa
    if case .number(let minimum)? = soa.data[field: "minimum"] { soa.ttl = min(soa.ttl, minimum) }
    answer.authorities.append(soa)
    if signatures, let node = nodes[origin] { answer.authorities += signaturesOf(.soa, node) }
    return nil
  }

  /// Adds the addresses in the zone of servers that the other sections name (RFC 1034 §4.3.2, step 6).
  private func addAddresses(to answer: inout ZoneAnswer, _ signatures: Bool) {
    var seen: Set<DomainName> = []
    for record in answer.answers + answer.authorities where [.ns, .mx, .srv].contains(record.type) {
      guard let target = record.data.target, target.isWithin(origin), seen.insert(target).inserted else { continue }
      answer.additionals += set(target, .a, signatures: signatures) + set(target, .aaaa, signatures: signatures)
    }
  }
}
