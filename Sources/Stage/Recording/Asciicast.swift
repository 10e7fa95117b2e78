import Interpreter

/// The lines of an asciicast of version 2, the form in which asciinema(1) records a terminal: a header, then an event a line.
public enum Asciicast {
  /// Gives the header.
  /// - Parameter time: seconds since 1970.
  public static func header(columns: Int, rows: Int, time: Int, title: String, term: String) -> [UInt8] {
    let header = Record([
      "version": .int(2), "width": .int(columns), "height": .int(rows), "timestamp": .int(time),
      "title": .string(title), "env": .record(Record(["TERM": .string(term)])),
    ])
    return line(.record(header))
  }

  /// Gives the event that something was shown, so many nanoseconds after the beginning.
  public static func output(_ bytes: [UInt8], at time: Int64) -> [UInt8] {
    event("o", String(decoding: bytes, as: UTF8.self), at: time)
  }

  /// Gives the event that the window took another size.
  public static func resize(columns: Int, rows: Int, at time: Int64) -> [UInt8] {
    event("r", "\(columns)x\(rows)", at: time)
  }

  private static func event(_ code: String, _ data: String, at time: Int64) -> [UInt8] {
    let microseconds = max(0, time) / 1_000
    let fraction = String(microseconds % 1_000_000)
    let seconds = "\(microseconds / 1_000_000).\(String(repeating: "0", count: 6 - fraction.count))\(fraction)"
    return Array("[\(seconds), \"\(code)\", ".utf8) + line(.string(data)).dropLast() + Array("]\n".utf8)
  }

  /// Text, integers and records of them always have a JSON form.
  private static func line(_ value: Value) -> [UInt8] { ((try? JSONText.line(value)) ?? []) + [0x0A] }
}
