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
  private var integers = [Set<Int>](repeating: [], count: HashedValue.shards)
  private var others = [Set<HashedValue>](repeating: [], count: HashedValue.shards)

  public init() {}

  /// Adds a value; false if one that equals it is there.
  public mutating func insert(_ value: Value) -> Bool {
    switch value {
    case .int(let number): return insert(number)
    case .size(let size): return insert(Int(size.bytes))
    case .float(let number):
      guard let whole = Int(exactly: number) else { break }
      return insert(whole)
    default: break
    }
    let key = HashedValue(value)
    return others[key.shard].insert(key).inserted
  }

  private mutating func insert(_ number: Int) -> Bool {
    integers[HashedValue.shard(of: number)].insert(number).inserted
  }
}

/// The places of values in the order in which they came first.
public struct ValuePlaces: Sendable {
  private var places = [[HashedValue: Int]](repeating: [:], count: HashedValue.shards)
  public private(set) var count = 0

  public init() {}

  /// Gives the place of a value: that of the first one that equals it, else the next one.
  public mutating func place(of value: Value) -> Int {
    let key = HashedValue(value)
    let place = places[key.shard][key, default: count]
    if place == count {
      places[key.shard][key] = place
      count += 1
    }
    return place
  }
}

/// A value with its hash, so that a table that grows need not hash it again.
///
/// Many values are spread over several tables: while one of them grows, Ctrl-C has to wait.
private struct HashedValue: Hashable, Sendable {
  static let shards = 64
  let key: ValueKey
  let hash: Int

  init(_ value: Value) {
    key = ValueKey(value)
    hash = key.hashValue
  }

  var shard: Int { hash & (HashedValue.shards - 1) }
  static func shard(of number: Int) -> Int { (number ^ number >> 16) & (shards - 1) }

  static func == (left: HashedValue, right: HashedValue) -> Bool { left.hash == right.hash && left.key == right.key }
  func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}
