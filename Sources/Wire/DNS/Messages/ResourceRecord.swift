/// A record: whose it is, of which class, for how long it may be kept, and its data (RFC 1035 §3.2.1).
public struct ResourceRecord: Sendable, Hashable {
  public var name: DomainName
  public var recordClass: RecordClass
  /// Seconds.
  public var ttl: UInt32
  public var data: RecordData

  public var type: RecordType { data.type }

  public init(name: DomainName, recordClass: RecordClass = .internet, ttl: UInt32, data: RecordData) {
    self.name = name
    self.recordClass = recordClass
    self.ttl = ttl
    self.data = data
  }
}

extension ResourceRecord: CustomStringConvertible {
  /// A line of a zone file.
  public var description: String { "\(name) \(ttl) \(recordClass) \(type) \(data.text)" }
}

/// What is asked: a name, a type and a class (RFC 1035 §4.1.2).
public struct Question: Sendable, Hashable {
  public var name: DomainName
  public var type: RecordType
  public var questionClass: RecordClass

  public init(name: DomainName, type: RecordType, questionClass: RecordClass = .internet) {
    self.name = name
    self.type = type
    self.questionClass = questionClass
  }

  /// Tells whether another question is the same to the letter, the case of A to Z included, as 0x20 wants it.
  public func isSpelled(as other: Question) -> Bool { self == other && name.wire == other.name.wire }
}

extension Question: CustomStringConvertible {
  public var description: String { "\(name) \(questionClass) \(type)" }
}
