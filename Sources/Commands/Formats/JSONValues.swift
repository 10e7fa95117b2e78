import Interpreter
import Net
import OrderedCollections
import Wire

/// The values that JSON texts stand for.
///
/// Integers are exact up to the limit of the language; of a name that comes twice the last value counts, as ECMAScript and Python have it.
enum JSONValues {
  /// Reads bytes that are one JSON text.
  /// - Parameter firstLine: the number of the text's first line, for errors.
  static func read(_ bytes: [UInt8], firstLine: Int = 1) throws -> Value {
    try bytes.withUnsafeBufferPointer { bytes in
      var reader = JSONReader(bytes, depthLimit: depthLimit, firstLine: firstLine)
      var builder = Builder()
      while let token = try reader.next() { try builder.take(token) }
      return builder.result
    }
  }

  /// The arrays and objects that are open, and the value that comes of them.
  private struct Builder {
    var result = Value.null
    private var open: [Open] = []
    /// The last object that was closed at each depth, with nulls for values: the next one there mostly has the same names.
    private var models: [OrderedDictionary<Record.Key, Value>] = []

    mutating func take(_ token: JSONToken) throws {
      switch token {
      case .null: add(.null)
      case .bool(let isTrue): add(.bool(isTrue))
      case .int(let number): add(.int(number))
      case .integer(let text): add(try Self.integer(text))
      case .float(let number): add(.float(number))
      case .string(let text): add(.string(text))
      case .name(let name): open[open.count - 1].begin(Record.Key(name))
      case .beginArray: open.append(.array([]))
      case .beginObject:
        if models.count <= open.count {
          models += Array(repeating: [:], count: open.count + 1 - models.count)
        }
        open.append(.object(OpenObject(like: models[open.count])))
      case .endArray:
        if case .array(let items) = open.removeLast() { add(.list(items)) }
      case .endObject:
        guard case .object(var object) = open.removeLast() else { return }
        let fields = object.finish()
        if !object.isLikeModel { models[open.count] = fields.mapValues { _ in .null } }
        add(.record(Record(fields)))
      }
    }

    private mutating func add(_ value: Value) {
      guard !open.isEmpty else {
        result = value
        return
      }
      open[open.count - 1].add(value)
    }

    private static func integer(_ text: String) throws -> Value {
      switch Literal.read(text) {
      case .value(let number): return number
      case .malformed(let message, let hint): throw ValueError("overflow", message, hint: hint)
      case .word: throw ValueError("overflow", "the integer has too many digits")
      }
    }
  }

  /// An array or object of which more is to come.
  private enum Open {
    case array([Value])
    case object(OpenObject)

    mutating func begin(_ name: Record.Key) {
      guard case .object(var object) = self else { return }
      // Taken out while it is changed, so that nothing is copied.
      self = .array([])
      object.begin(name)
      self = .object(object)
    }

    mutating func add(_ value: Value) {
      switch self {
      case .array(var items):
        self = .array([])
        items.append(value)
        self = .array(items)
      case .object(var object):
        self = .array([])
        object.add(value)
        self = .object(object)
      }
    }
  }

  /// The fields of an object as they come, in a copy of a model's fields as long as the names are the same: then the names are shared.
  private struct OpenObject {
    private var fields: OrderedDictionary<Record.Key, Value>
    private var name = Record.Key("")
    private var count = 0
    private(set) var isLikeModel = true

    init(like model: OrderedDictionary<Record.Key, Value>) { fields = model }

    mutating func begin(_ name: Record.Key) {
      if isLikeModel {
        if count < fields.count, fields.keys[count] == name { return }
        leaveModel()
      }
      self.name = name
    }

    mutating func add(_ value: Value) {
      if isLikeModel {
        fields.values[count] = value
        count += 1
      } else {
        fields[name] = value
      }
    }

    mutating func finish() -> OrderedDictionary<Record.Key, Value> {
      if isLikeModel, count < fields.count { leaveModel() }
      return fields
    }

    private mutating func leaveModel() {
      isLikeModel = false
      fields.removeLast(fields.count - count)
    }
  }
}
