// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/files/csv.h"

#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <utility>

#include "linchpin/core/contracts.h"
#include "linchpin/table/label_text.h"

namespace linchpin {
namespace {

constexpr std::size_t first_buffer = std::size_t{1} << 19;
// More in a row are no part of a table, and would keep a reader busy with a few compressed bytes.
constexpr std::size_t most_blank_lines = 1'000'000;

std::string_view trimmed(std::string_view text) noexcept {
  auto const blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

CsvDialect dialect_of(std::string_view header) noexcept {
  std::size_t tabs = 0, semicolons = 0, commas = 0;
  bool quoted = false;
  for (char const c : header) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    tabs += c == '\t' ? 1U : 0U;
    semicolons += c == ';' ? 1U : 0U;
    commas += c == ',' ? 1U : 0U;
  }
  if (tabs > 0 && tabs >= std::max(semicolons, commas)) return {'\t'};
  if (semicolons > commas) return {';'};
  return {','};
}

CsvReader::CsvReader(std::string name, std::unique_ptr<ByteSource> source, CsvDialect dialect)
    : name_(std::move(name)),
      source_(std::move(source)),
      dialect_(dialect),
      buffer_(first_buffer) {}

Result<CsvReader> CsvReader::open(std::filesystem::path const& path) {
  auto source = open_bytes(path);
  if (!source) return fail(source.error());
  return CsvReader(path.string(), std::move(*source));
}

std::string CsvReader::where() const { return fmt::format("{}:{}", name_, number_); }

std::string CsvReader::where(std::size_t field) const {
  return fmt::format("{}:{}, column {}", name_, number_, field + 1);
}

void CsvReader::report_progress(RunControl const& control, std::string_view what) const {
  control.report(what, source_->consumed(), std::max(source_->file_size(), source_->consumed()));
}

Result<bool> CsvReader::fill() {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == buffer_.size()) {
    if (buffer_.size() >= longest_line) {
      return fail(ErrorCode::bad_format,
                  fmt::format("the line is longer than {} MiB", longest_line >> 20),
                  fmt::format("{}:{}", name_, number_ + 1),
                  "check that the file is a CSV table with line breaks");
    }
    buffer_.resize(buffer_.size() * 2);
  }
  auto const count = source_->read(std::span(buffer_).subspan(end_));
  if (!count) return fail(count.error());
  end_ += *count;
  return *count > 0;
}

Result<bool> CsvReader::next_raw() {
  std::size_t searched = 0;
  for (;;) {
    auto const* start = buffer_.data() + begin_;
    auto const* newline =
        static_cast<char const*>(std::memchr(start + searched, '\n', end_ - begin_ - searched));
    if (newline != nullptr) {
      line_ = {start, static_cast<std::size_t>(newline - start)};
      begin_ += line_.size() + 1;
      break;
    }
    searched = end_ - begin_;
    auto const more = fill();
    if (!more) return fail(more.error());
    if (*more) continue;
    if (begin_ == end_) return false;
    line_ = {buffer_.data() + begin_, end_ - begin_};  // last line without line break
    begin_ = end_;
    break;
  }
  ++number_;
  if (line_.ends_with('\r')) line_.remove_suffix(1);
  return true;
}

Result<bool> CsvReader::next() {
  for (std::size_t blank = 0;; ++blank) {
    if (blank > most_blank_lines) {
      return fail(ErrorCode::bad_format, fmt::format("over {} blank lines follow", most_blank_lines),
                  where(), "check that the file is a text table");
    }
    auto const more = next_raw();
    if (!more || !*more) return more;
    if (number_ == 1) {
      if (line_.starts_with("\xFF\xFE") || line_.starts_with("\xFE\xFF")) {
        return fail(ErrorCode::bad_format, "the file is UTF-16 text", name_,
                    "save it as UTF-8 (in a spreadsheet: \"CSV UTF-8\")");
      }
      if (line_.starts_with("\xEF\xBB\xBF")) line_.remove_prefix(3);
    }
    if (!trimmed(line_).empty()) return true;
  }
}

void CsvReader::lines_at_hand(std::vector<std::string_view>& lines, std::size_t most) const {
  lines.assign(1, line_);
  auto const* at = buffer_.data() + begin_;
  auto const* const end = buffer_.data() + end_;
  while (lines.size() < most) {
    auto const* newline =
        static_cast<char const*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)));
    if (newline == nullptr) return;
    std::string_view line{at, static_cast<std::size_t>(newline - at)};
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    at = newline + 1;
  }
}

Result<void> CsvReader::split() {
  fields_.clear();
  unquoted_.clear();
  if (line_.find('"') != std::string_view::npos) return split_quoted();
  std::size_t start = 0;
  for (;;) {
    auto const* comma =
        static_cast<char const*>(
            std::memchr(line_.data() + start, dialect_.separator, line_.size() - start));
    if (comma == nullptr) break;
    auto const stop = static_cast<std::size_t>(comma - line_.data());
    fields_.push_back(trimmed(line_.substr(start, stop - start)));
    start = stop + 1;
    if (fields_.size() > most_fields) return too_many_fields();
  }
  fields_.push_back(trimmed(line_.substr(start)));
  return {};
}

tl::unexpected<Error> CsvReader::too_many_fields() const {
  return fail(ErrorCode::too_large, fmt::format("the line has over {} fields", most_fields), where(),
              "no table has as many columns: check the separators");
}

Result<void> CsvReader::split_quoted() {
  char const separator = dialect_.separator;
  char const* const blanks = separator == '\t' ? " " : " \t";
  std::string_view rest = line_;
  for (;;) {
    if (fields_.size() > most_fields) return too_many_fields();
    rest = rest.substr(std::min(rest.size(), rest.find_first_not_of(blanks)));
    if (!rest.starts_with('"')) {
      auto const stop = std::min(rest.size(), rest.find(separator));
      fields_.push_back(trimmed(rest.substr(0, stop)));
      rest.remove_prefix(stop);
    } else {
      auto& text = unquoted_.emplace_back();
      std::size_t position = 1;
      for (;; ++position) {
        if (position >= rest.size()) {
          return fail(ErrorCode::bad_format, "a quote is not closed on its line",
                      where(fields_.size()), "close it; fields cannot hold line breaks");
        }
        if (rest[position] != '"') {
          text += rest[position];
        } else if (position + 1 < rest.size() && rest[position + 1] == '"') {
          text += rest[position++];
        } else {
          break;
        }
      }
      rest = rest.substr(position + 1);
      rest = rest.substr(std::min(rest.size(), rest.find_first_not_of(blanks)));
      if (!rest.empty() && rest.front() != separator) {
        return fail(ErrorCode::bad_format, "there is text behind a closing quote",
                    where(fields_.size()), "double the quotes inside a quoted field");
      }
      fields_.push_back(trimmed(text));
    }
    if (rest.empty()) return {};
    rest.remove_prefix(1);  // the separator
  }
}

NumberFault parse_number(std::string_view text, double& value) noexcept {
  if (text.empty()) return NumberFault::empty;
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
  auto const* last = text.data() + text.size();
  auto const result = fast_float::from_chars(text.data(), last, value);
  if (result.ptr != last) return NumberFault::not_a_number;
  if (result.ec == std::errc::result_out_of_range) return NumberFault::not_finite;
  if (result.ec != std::errc{}) return NumberFault::not_a_number;
  return std::isfinite(value) ? NumberFault::none : NumberFault::not_finite;
}

NumberFault parse_number(std::string_view text, CsvDialect dialect, double& value) noexcept {
  auto const fault = parse_number(text, value);
  if (fault != NumberFault::not_a_number || dialect.separator == ',') return fault;
  // A number with decimal comma fits in here, or it is none.
  std::array<char, 64> copy{};
  if (text.size() > copy.size() || std::count(text.begin(), text.end(), ',') != 1 ||
      text.find('.') != std::string_view::npos) {
    return fault;
  }
  std::replace_copy(text.begin(), text.end(), copy.begin(), ',', '.');
  return parse_number({copy.data(), text.size()}, value);
}

Error describe(NumberFault fault, std::string_view text, std::string where) {
  LINCHPIN_EXPECTS(fault != NumberFault::none);
  if (fault == NumberFault::empty) {
    return {ErrorCode::missing_value, "the cell is empty", std::move(where),
            "write 0 where there is no flow"};
  }
  if (fault == NumberFault::not_finite) {
    return {ErrorCode::bad_value, fmt::format("'{}' is not a finite number", printable(text)),
            std::move(where), "a table holds finite numbers only: fill or remove the cell"};
  }
  return {ErrorCode::bad_format, fmt::format("'{}' is not a number", printable(text)),
          std::move(where), "write plain numbers with a decimal point, without separators"};
}

}  // namespace linchpin
