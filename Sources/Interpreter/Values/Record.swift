import OrderedCollections
import Synchronization

/// Named values in their order.
///
/// Names are compared by their UTF-8 bytes, as strings are everywhere in the language.
public struct Record: Sendable {
  /// A field's name, equal to another when the bytes are the same (String's own `==` follows canonical equivalence).
  public struct Key: Hashable, Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static func == (left: Key, right: Key) -> Bool { bytesEqual(left.text, right.text) }

    public func hash(into hasher: inout Hasher) {
      var text = text
      text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
  }

  /// What records share until one of them is changed.
  private final class Storage: Sendable {
    /// The fields, and what follows from them.
    final class Content: Sendable {
      let fields: OrderedDictionary<Key, Value>
      let depth: Int
      let holdsStream: Bool

      init(_ fields: OrderedDictionary<Key, Value>) {
        self.fields = fields
        var depth = 0
        var holdsStream = false
        for value in fields.values {
          depth = max(depth, value.depth)
          if case .stream = value { holdsStream = true }
        }
        self.depth = depth + 1
        self.holdsStream = holdsStream
      }
    }

    let known: Content?
    /// What a record makes that nobody may ever look into, when somebody does.
    private let late: Late?
    private let made = AtomicLazyReference<Content>()
    let ignoresCase: Bool
    let face: Face?
    let origin: (any RecordOrigin)?

    struct Late: Sendable {
      let depth: Int
      let make: @Sendable () -> [(String, Value)]
    }

    init(
      _ fields: OrderedDictionary<Key, Value>, ignoresCase: Bool, face: Face? = nil, origin: (any RecordOrigin)? = nil
    ) {
      known = Content(fields)
      late = nil
      self.ignoresCase = ignoresCase
      self.face = face
      self.origin = origin
    }

    init(_ late: Late, ignoresCase: Bool) {
      known = nil
      self.late = late
      self.ignoresCase = ignoresCase
      face = nil
      origin = nil
    }

    var fields: OrderedDictionary<Key, Value> { content.fields }
    var depth: Int { known?.depth ?? late?.depth ?? 1 }
    var holdsStream: Bool { known?.holdsStream ?? false }

    private var content: Content {
      if let known { return known }
      return made.load() ?? made.storeIfNil(Content(Record.dictionary(late?.make() ?? [])))
    }
  }

  private var storage: Storage

  /// Makes what people are shown, one below the other, in the place of a whole record.
  public typealias Face = @Sendable () -> [Value]

  /// Makes a record; one that ignores case finds `content-type` as `Content-Type` too, as header fields are found.
  public init(_ fields: OrderedDictionary<Key, Value>, ignoresCase: Bool = false) {
    storage = Storage(fields, ignoresCase: ignoresCase)
  }

  /// Makes a record from names and values; of a name that comes twice the last value stays, at the first place.
  public init(_ fields: KeyValuePairs<String, Value>) {
    var known = OrderedDictionary<Key, Value>(minimumCapacity: fields.count)
    for (name, value) in fields { known[Key(name)] = value }
    self.init(known)
  }

  public init(pairs: [(String, Value)], ignoresCase: Bool = false) {
    self.init(Record.dictionary(pairs), ignoresCase: ignoresCase)
  }

  /// Makes a record that has a face on a terminal; whatever is made of the record has none.
  public init(pairs: [(String, Value)], face: @escaping Face) {
    storage = Storage(Record.dictionary(pairs), ignoresCase: false, face: face)
  }

  /// Makes a record of something that gives further fields when they are asked for.
  public init(pairs: [(String, Value)], origin: any RecordOrigin) {
    storage = Storage(Record.dictionary(pairs), ignoresCase: false, origin: origin)
  }

  /// Makes a record whose fields are only made when somebody looks; they hold no stream, and with them it is at most so deep.
  public init(depth: Int, ignoresCase: Bool = false, late make: @escaping @Sendable () -> [(String, Value)]) {
    storage = Storage(Storage.Late(depth: depth, make: make), ignoresCase: ignoresCase)
  }

  private static func dictionary(_ pairs: [(String, Value)]) -> OrderedDictionary<Key, Value> {
    var fields = OrderedDictionary<Key, Value>(minimumCapacity: pairs.count)
    for (name, value) in pairs { fields[Key(name)] = value }
    return fields
  }

  /// What gives further fields when they are asked for.
  public var origin: (any RecordOrigin)? { storage.origin }

  /// What people are shown in its place; nil for all its fields.
  public var face: Face? { storage.face }

  /// Makes a record with the names of another and new values in their order; it shares the names, so that rows of a table are cheap.
  public init(like other: Record, _ values: [Value]) {
    var fields = other.storage.fields
    for (index, value) in values.prefix(fields.count).enumerated() { fields.values[index] = value }
    storage = Storage(fields, ignoresCase: other.storage.ignoresCase)
  }

  public static let empty = Record(OrderedDictionary<Key, Value>())

  public var depth: Int { storage.depth }
  public var holdsStream: Bool { storage.holdsStream }
  public var count: Int { storage.fields.count }
  public var isEmpty: Bool { storage.fields.isEmpty }
  public var names: [String] { storage.fields.keys.map(\.text) }
  public var fields: OrderedDictionary<Key, Value> { storage.fields }
  public var pairs: [(name: String, value: Value)] { storage.fields.map { ($0.key.text, $0.value) } }

  public subscript(name: String) -> Value? {
    if let value = storage.fields[Key(name)] { return value }
    guard storage.ignoresCase else { return nil }
    let wanted = name.lowercased()
    return storage.fields.first { $0.key.text.lowercased() == wanted }?.value
  }

  /// Gives a copy with a field set, at its old place or at the end.
  public func setting(_ name: String, to value: Value) -> Record {
    var fields = storage.fields
    fields[Key(name)] = value
    return with(fields)
  }

  /// Gives a copy without a field.
  public func removing(_ name: String) -> Record {
    var fields = storage.fields
    fields.removeValue(forKey: Key(name))
    return with(fields)
  }

  /// Gives a record of the same nature with other fields.
  func with(_ fields: OrderedDictionary<Key, Value>) -> Record {
    var copy = self
    copy.storage = Storage(fields, ignoresCase: storage.ignoresCase, origin: storage.origin)
    return copy
  }

  /// Tells whether both have the same names in the same order.
  public func hasSameNames(as other: Record) -> Bool {
    storage === other.storage || storage.fields.keys.elementsEqual(other.storage.fields.keys)
  }
}

/// Tells whether two strings have the same UTF-8 bytes.
public func bytesEqual(_ left: String, _ right: String) -> Bool {
  var left = left
  var right = right
  return left.withUTF8 { a in
    right.withUTF8 { b in a.count == b.count && a.elementsEqual(b) }
  }
}
