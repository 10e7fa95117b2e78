import BigInt
import Net

/// What a command takes and gives: one of the types of the language, immutable and free to cross threads.
///
/// Large or rare payloads stand behind a reference, so that a value takes 24 bytes.
public enum Value: Sendable {
  case null
  case bool(Bool)
  case int(Int)
  /// An integer beyond 64 bits; never one that `int` could hold.
  case big(Box<BigInt>)
  case float(Double)
  case string(String)
  case bytes([UInt8])
  case regex(Regex)
  case duration(TimeSpan)
  case size(ByteSize)
  case address(Address)
  case network(Network)
  case mac(MAC)
  case endpoint(Box<Endpoint>)
  case url(Box<URL>)
  case time(Timestamp)
  case list(List)
  case record(Record)
  case range(Box<RangeValue>)
  case function(Function)
  case resource(any Resource)
  case error(Box<ErrorValue>)
  /// Only inside a pipeline; whatever binds or stores a value settles it first.
  case stream(Stream)
}

/// An immutable payload that is kept behind one reference.
public final class Box<Content: Sendable>: Sendable {
  public let content: Content

  public init(_ content: Content) { self.content = content }
}

extension Value {
  public static func endpoint(_ endpoint: Endpoint) -> Value { .endpoint(Box(endpoint)) }
  public static func url(_ url: URL) -> Value { .url(Box(url)) }
  public static func list(_ items: [Value]) -> Value { .list(List(items)) }

  /// Gives `int` where 64 bits are enough, else `big`.
  public static func integer(_ number: BigInt) -> Value {
    if let small = Int(exactly: number) { return .int(small) }
    return .big(Box(number))
  }

  /// How deep lists, records and functions stand inside each other; 0 for a scalar.
  public var depth: Int {
    switch self {
    case .list(let list): list.depth
    case .record(let record): record.depth
    case .function(let function): function.depth
    case .error(let error): error.content.depth
    case .stream, .resource: 1
    default: 0
    }
  }

  public var isNull: Bool {
    if case .null = self { return true }
    return false
  }
}

/// How deep values may stand inside each other, so that walking and freeing them never exhausts a stack.
public let depthLimit = 1_000
