import Interpreter
import Net
import OrderedCollections
import Wire

/// The values that JSON texts stand for.
///
/// Integers are exact up to the limit of the language; of a name that comes twice the last value counts, as ECMAScript and Python have it.
public enum JSONValues {
  /// Reads bytes that are one JSON text.
  /// - Parameter firstLine: the number of the text's first line, for errors.
  public static func read(_ bytes: [UInt8], firstLine: Int = 1) throws -> Value {
    try bytes.withUnsafeBufferPointer { bytes in
      var reader = JSONReader(bytes, depthLimit: depthLimit, firstLine: firstLine)
      var builder = Builder()
      var turns = TurnCounter()
      do {
        while let token = try reader.next() {
          try turns.turn()
          try builder.take(token)
        }
      } catch {
        builder.abandon()
        throw error
      }
      return builder.result
    }
  }

  /// The arrays and objects that are open, and the value that comes of them.
  private struct Builder {
    /// An array or object of which more is to come.
    private struct Open {
      /// Where its values begin on the stack.
      let start: Int
      /// How many names were those of the model.
      var likeModel = 0
      /// Where its other names begin.
      let firstName: Int
    }

    /// The values of all that is open, the outermost first; at the end the result.
    private let values = ValueStack()
    /// The names of open objects that their models do not have.
    private var names: [Record.Key] = []
    private var open: [Open] = []
    /// The last object that was closed at each depth, with nulls for values: the next one there mostly has the same names, and shares them.
    private var models: [OrderedDictionary<Record.Key, Value>] = []

    var result: Value { values.take(from: 0).first ?? .null }

    /// Lets go of what was read so far.
    func abandon() {
      var read = values.take(from: 0)
      Disposal.release(&read)
    }

    mutating func take(_ token: JSONToken) throws {
      switch token {
      case .null: values.push(.null)
      case .bool(let isTrue): values.push(.bool(isTrue))
      case .int(let number): values.push(.int(number))
      case .integer(let text): values.push(try Self.integer(text))
      case .float(let number): values.push(.float(number))
      case .string(let text): values.push(.string(text))
      case .name(let name): take(name: Record.Key(name))
      case .beginArray: open.append(Open(start: values.count, firstName: names.count))
      case .beginObject:
        while models.count <= open.count { models.append([:]) }
        open.append(Open(start: values.count, firstName: names.count))
      case .endArray:
        guard let array = open.popLast() else { return }
        values.push(.list(values.take(from: array.start)))
      case .endObject:
        guard let object = open.popLast() else { return }
        values.push(.record(Record(close(object))))
      }
    }

    private mutating func take(name: Record.Key) {
      let last = open.count - 1
      let count = open[last].likeModel
      if names.count == open[last].firstName, count < models[last].count, models[last].keys[count] == name {
        open[last].likeModel = count + 1
      } else {
        names.append(name)
      }
    }

    /// Gives the fields of an object whose values are the last on the stack.
    private mutating func close(_ object: Open) -> OrderedDictionary<Record.Key, Value> {
      let depth = open.count
      var fields = models[depth]
      if object.likeModel == fields.count, names.count == object.firstName {
        fields.values.withUnsafeMutableBufferPointer { values.take(from: object.start, into: $0) }
        return fields
      }
      fields.removeLast(fields.count - object.likeModel)
      let own = values.take(from: object.start)
      for index in 0..<object.likeModel { fields.values[index] = own[index] }
      for (name, value) in zip(names[object.firstName...], own[object.likeModel...]) { fields[name] = value }
      names.removeLast(names.count - object.firstName)
      models[depth] = fields.mapValues { _ in .null }
      return fields
    }

    private static func integer(_ text: String) throws -> Value {
      switch Literal.read(text) {
      case .value(let number): return number
      case .malformed(let message, let hint): throw ValueError("overflow", message, hint: hint)
      case .word: throw ValueError("overflow", "the integer has too many digits")
      }
    }
  }
}
