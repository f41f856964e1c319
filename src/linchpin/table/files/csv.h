// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/files/byte_source.h"

namespace linchpin {

/// How a file separates its fields. With another separator than the comma, numbers with a decimal
/// comma are read as such.
struct CsvDialect {
  char separator = ',';
};

/// The separator of a header line: the most frequent of tab, semicolon and comma outside quotes;
/// comma if it has none.
[[nodiscard]] CsvDialect dialect_of(std::string_view header) noexcept;

/// Reads a CSV file line by line: comma-separated unless told otherwise, optional double quotes, UTF-8 with or without
/// byte-order mark, LF or CRLF. A quoted field may hold commas and doubled quotes but no line
/// break. Memory is bounded by the longest line.
class CsvReader {
 public:
  /// A line longer than this is not a table but a mistake or an attack.
  static constexpr std::size_t longest_line = std::size_t{64} << 20;

  /// More fields than any table has columns.
  static constexpr std::size_t most_fields = 1'000'000;

  /// \error file_not_found, unreadable_file
  [[nodiscard]] static Result<CsvReader> open(std::filesystem::path const& path);
  CsvReader(std::string name, std::unique_ptr<ByteSource> source, CsvDialect dialect = {});
  /// Changes the separator from the current line on.
  void set_dialect(CsvDialect dialect) noexcept { dialect_ = dialect; }
  [[nodiscard]] CsvDialect dialect() const noexcept { return dialect_; }

  /// Reads the next line that is not blank; false at the end.
  /// \error unreadable_file  damaged or truncated data
  /// \error bad_format       a line over 64 MiB, or UTF-16 text
  [[nodiscard]] Result<bool> next();

  [[nodiscard]] std::string_view line() const noexcept { return line_; }
  [[nodiscard]] std::size_t line_number() const noexcept { return number_; }

  /// The current line and whole lines behind it that are in memory already, at most `most`, as `next`
  /// would hand them out but blank ones included. They live until `next` has passed them.
  void lines_at_hand(std::vector<std::string_view>& lines, std::size_t most) const;

  /// Splits the line; blanks around fields are dropped. Fields live until the next call.
  /// \error bad_format  a quote that is not closed or has text behind it
  /// \error too_large   more than `most_fields` fields
  [[nodiscard]] Result<void> split();
  [[nodiscard]] std::vector<std::string_view> const& fields() const noexcept { return fields_; }

  [[nodiscard]] std::string const& name() const noexcept { return name_; }
  [[nodiscard]] std::string where() const;                   ///< "table.csv:12"
  [[nodiscard]] std::string where(std::size_t field) const;  ///< "table.csv:12, column 3"
  void report_progress(RunControl const& control, std::string_view what) const;

 private:
  [[nodiscard]] Result<bool> next_raw();
  [[nodiscard]] Result<bool> fill();
  [[nodiscard]] Result<void> split_quoted();
  [[nodiscard]] tl::unexpected<Error> too_many_fields() const;

  std::string name_;
  std::unique_ptr<ByteSource> source_;
  CsvDialect dialect_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // first byte of buffer_ not yet handed out
  std::size_t end_ = 0;    // one past the last valid byte
  std::string_view line_;
  std::size_t number_ = 0;
  std::vector<std::string_view> fields_;
  std::deque<std::string> unquoted_;  // storage of fields with doubled quotes
};

/// What is wrong with a number in a file; `none` if nothing is.
enum class NumberFault { none, empty, not_a_number, not_finite };

/// Parses the whole of `text` as a decimal number.
[[nodiscard]] NumberFault parse_number(std::string_view text, double& value) noexcept;
/// The same for a cell of a file in `dialect`: a single comma counts as decimal sign if fields are
/// not separated by commas.
[[nodiscard]] NumberFault parse_number(std::string_view text, CsvDialect dialect,
                                       double& value) noexcept;

/// Code, text and hint of a number fault.
[[nodiscard]] Error describe(NumberFault fault, std::string_view text, std::string where);

}  // namespace linchpin
