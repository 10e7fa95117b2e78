import Diagnostics

/// A script seen as a talk: slides of narration, each with the statements that follow it.
public struct Talk: Sendable {
  /// The first heading, else the name of the script.
  public let title: String
  public let slides: [Slide]
  /// All statements of all slides; a slide names those that are its own.
  public let statements: [TalkStatement]
  /// Where the talk waits for a key: at each slide, and at each of its statements.
  public let halts: [Halt]

  init(title: String, slides: [Slide], statements: [TalkStatement]) {
    self.title = title
    self.slides = slides
    self.statements = statements
    halts = slides.enumerated().flatMap { number, slide in
      [Halt(slide: number, statement: nil)] + slide.statements.map { Halt(slide: number, statement: $0) }
    }
  }

  /// The headings in order, each with the number of the halt at which it is first seen.
  public var headings: [(heading: Heading, halt: Int)] {
    halts.enumerated().compactMap { number, halt in
      guard halt.statement == nil, slides[halt.slide].opensSection, let heading = slides[halt.slide].heading else {
        return nil
      }
      return (heading, number)
    }
  }
}

/// What is seen at once: a heading, what is told, and statements one below the other.
public struct Slide: Sendable {
  /// The heading that this slide stands under.
  public let heading: Heading?
  /// Whether the heading stands in the script right above this slide, and not above an earlier one.
  public let opensSection: Bool
  public let narration: [Paragraph]
  /// The numbers of the slide's statements in `Talk.statements`.
  public let statements: Range<Int>
}

/// A heading: a comment line with two hashes, or more for lower levels.
public struct Heading: Sendable, Equatable {
  /// 1 for `##`, 2 for `###` …
  public let level: Int
  public let text: String
}

/// A part of what is told.
public enum Paragraph: Sendable, Equatable {
  /// Text that flows.
  case text(String)
  /// `- …` or `1. …`: the mark, and text that flows beside it.
  case item(mark: String, String)
  /// Lines that stay as they are, such as a drawing: those that are indented in the comment.
  case verbatim([String])
}

/// A statement of the top level, as it is shown and as it is run.
public struct TalkStatement: Sendable {
  public let statement: Statement
  /// As written, with a comment that stands behind it.
  public let text: String
  /// The line of the script on which it begins, from 1.
  public let line: Int

  /// Whether it only defines a function, which is known from the beginning of the script.
  public var isDefinition: Bool {
    if case .define = statement.kind { return true }
    return false
  }
}

/// A place where the talk waits.
public struct Halt: Sendable, Equatable {
  public let slide: Int
  /// The last statement that is seen; nil as long as it is only the narration.
  public let statement: Int?
}
