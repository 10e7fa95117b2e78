/// A value as a member of a set: two are the same when `==` of the language says so.
public struct ValueKey: Hashable, Sendable {
  public let value: Value

  public init(_ value: Value) { self.value = value }

  public static func == (left: ValueKey, right: ValueKey) -> Bool { equal(left.value, right.value) }

  /// Feeds equal values alike: a number by its value, text and bytes by their bytes, a record without regard to order.
  public func hash(into hasher: inout Hasher) {
    switch value {
    case .bool(let isTrue): hasher.combine(isTrue)
    case .int(let number): hasher.combine(number)
    case .float(let number):
      if let whole = Int(exactly: number) { hasher.combine(whole) } else { hasher.combine(number) }
    case .size(let size): hasher.combine(Int(size.bytes))
    case .string(var text): text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    case .bytes(let bytes): bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    case .duration(let span): hasher.combine(span)
    case .time(let time): hasher.combine(time)
    case .address(let address): hasher.combine(address)
    case .network(let network): hasher.combine(network)
    case .mac(let mac): hasher.combine(mac)
    case .list(let list):
      hasher.combine(list.count)
      for item in list { hasher.combine(ValueKey(item)) }
    case .record(let record):
      var sum = record.count
      for (name, value) in record.fields {
        var field = Hasher()
        field.combine(name)
        field.combine(ValueKey(value))
        sum &+= field.finalize()
      }
      hasher.combine(sum)
    case .function(let function): hasher.combine(ObjectIdentifier(function))
    case .resource(let resource): hasher.combine(ObjectIdentifier(resource))
    case .endpoint, .url, .range, .regex: hasher.combine(value.scalarText)
    // A large integer may equal a float, so that only its nearest float tells it apart.
    case .big: hasher.combine(Double(value.scalarText ?? ""))
    case .null, .error, .stream: hasher.combine(0)
    }
  }
}

/// A set of values, in which integers take little time and room.
public struct ValueSet: Sendable {
  private var integers: Set<Int> = []
  private var others: Set<ValueKey> = []

  public init() {}

  /// Adds a value; false if one that equals it is there.
  public mutating func insert(_ value: Value) -> Bool {
    switch value {
    case .int(let number): return integers.insert(number).inserted
    case .size(let size): return integers.insert(Int(size.bytes)).inserted
    case .float(let number):
      guard let whole = Int(exactly: number) else { break }
      return integers.insert(whole).inserted
    default: break
    }
    return others.insert(ValueKey(value)).inserted
  }
}
