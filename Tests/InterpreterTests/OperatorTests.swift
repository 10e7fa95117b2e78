import BigInt
import Net
import Syntax
import Testing

@testable import Interpreter

/// Every operator between values of every type gives a value or an error of its own.
@Suite struct OperatorTests {
  private static func samples() throws -> [Value] {
    var samples: [Value] = [
      .null, .bool(true), .int(0), .int(-1), .int(7), .int(.max), .int(.min), .float(0), .float(-0.5), .float(.nan),
      .float(.infinity), .float(1e300), .string(""), .string("abc"), .string("e\u{301}"), .bytes([]),
      .bytes([0xFF, 0]),
      .regex(try Regex("b+")), .list([]), .list([.int(1), .string("a")]), .record(.empty),
      .record(Record(["a": .int(1)])),
      .big(Box(BigInt(2).power(4_095))), .big(Box(-BigInt(2).power(70))),
    ]
    for word in [
      "5s", "-292y", "1h30min", "512B", "64KiB", "192.0.2.1", "255.255.255.255", "0.0.0.0", "::", "fe80::1%eth0",
      "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "10.0.0.0/8", "::/0", "02:00:5e:10:00:01", "example.test:80", ":0",
      "http://example.test/x", "2026-11-23T10:00:00Z",
    ] {
      if case .value(let value) = Literal.read(word) { samples.append(value) }
    }
    samples.append(.duration(TimeSpan(nanoseconds: .min)))
    samples.append(.size(ByteSize(bytes: .max)))
    samples.append(.time(Timestamp(nanoseconds: .max)))
    samples.append(.range(Box(RangeValue(lower: .int(.min), upper: .int(.max), includesEnd: true))))
    samples.append(.range(Box(RangeValue(lower: .int(1), upper: nil, includesEnd: true))))
    return samples
  }

  @Test func everyOperatorTakesEveryPair() throws {
    let samples = try Self.samples()
    var values = 0
    for operation in BinaryOperator.allCases {
      for left in samples {
        for right in samples {
          do throws(ValueError) {
            _ = try Arithmetic.apply(operation, left, right)
            values += 1
          } catch { #expect(!error.message.isEmpty) }
        }
      }
    }
    #expect(values > 2_000)
  }

  @Test func everyLookTakesEveryPair() throws {
    let samples = try Self.samples()
    for value in samples {
      _ = try? Arithmetic.negate(value)
      _ = try? Bits.complement(value)
      _ = try? JSONText.line(value)
      _ = try? PlainText.bytes(of: value)
      _ = value.described
      for key in samples { _ = try? Accessing.index(key, of: value) }
      for type in TypeName.allCases {
        guard case .range = value else {
          _ = try? type.convert(value)
          continue
        }
      }
    }
  }

  /// A total order where there is one: the opposite way round gives the opposite answer.
  @Test func orderIsAntisymmetric() throws {
    let samples = try Self.samples()
    for left in samples {
      for right in samples {
        guard let order = compare(left, right) else { continue }
        #expect(compare(right, left) == -order, "\(left.described) and \(right.described)")
        #expect((order == 0) == equal(left, right), "\(left.described) and \(right.described)")
      }
    }
  }

  @Test(arguments: [
    ("9223372036854775807", "+", "1", "9223372036854775808"),
    ("-9223372036854775808", "-", "1", "-9223372036854775809"),
    ("9223372036854775808", "-", "1", "9223372036854775807"), ("7", "//", "-2", "-4"), ("-7", "%", "3", "2"),
    ("7", "/", "2", "3.5"), ("6", "/", "3", "2"), ("9007199254740993", "==", "9007199254740992.0", "false"),
    ("5s", "/", "2s", "2.5"), ("1h", "-", "30min", "30min"), ("192.0.2.255", "+", "1", "192.0.3.0"),
    ("192.0.2.9", "-", "192.0.2.1", "8"), ("10.1.2.3", "band", "255.0.0.0", "10.0.0.0"), ("64KiB", "*", "2", "128KiB"),
  ])
  func arithmetic(left: String, operation: String, right: String, result: String) throws {
    guard let operation = BinaryOperator(rawValue: operation), case .value(let a) = Literal.read(left),
      case .value(let b) = Literal.read(right)
    else {
      Issue.record("not literals")
      return
    }
    #expect(try Arithmetic.apply(operation, a, b).scalarText == result)
  }
}
