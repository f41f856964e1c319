// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/formats/matrix_reader_rows.h"

#include <fmt/format.h>

#include "linchpin/core/parallel.h"
#include "linchpin/table/files/plain_numbers.h"

namespace linchpin {
namespace {

constexpr std::size_t lines_per_report = 32;
constexpr std::size_t long_row = 1000;   // numbers; shorter rows are not worth the hand-over
constexpr std::size_t most_ahead = 16;   // rows

std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// Takes one field and the separator behind it off `rest`; false if only the full splitter can tell
/// what it is (doubled quotes, no separator).
bool take_field(std::string_view& rest, char separator, std::string_view& field) noexcept {
  if (rest.starts_with('"')) {
    auto const close = rest.find('"', 1);
    if (close == std::string_view::npos || close + 1 >= rest.size()) return false;
    if (rest[close + 1] != separator) return false;
    field = trimmed(rest.substr(1, close - 1));
    rest.remove_prefix(close + 2);
    return true;
  }
  auto const stop = rest.find(separator);
  if (stop == std::string_view::npos) return false;
  field = trimmed(rest.substr(0, stop));
  if (field.find('"') != std::string_view::npos) return false;
  rest.remove_prefix(stop + 1);
  return true;
}

}  // namespace

LabelledRows::LabelledRows(CsvReader& csv, Shape shape, ProblemList& problems,
                           RunControl const& control)
    : csv_(csv), shape_(shape), problems_(problems), control_(control) {
  labels_.reserve(shape.labels);
  numbers_.assign(shape.numbers, 0.0);
}

Result<bool> LabelledRows::next() {
  for (;;) {
    if (problems_.full()) return false;
    if (lines_++ % lines_per_report == 0) {
      csv_.report_progress(control_, "reading table");
      if (control_.cancel.cancelled()) {
        return fail(ErrorCode::cancelled, "stopped while reading", csv_.name(), "run it again");
      }
    }
    auto const more = csv_.next();
    if (!more || !*more) return more;
    look_ahead();
    if (take_labels()) return true;
  }
}

/// Finds the line among those parsed ahead, or parses it and those at hand behind it.
void LabelledRows::look_ahead() {
  current_ = nullptr;
  if (shape_.numbers < long_row || control_.threads == 1) return;
  auto const line = csv_.line();
  auto const is_this = [&](Ahead const& row) {
    return row.line.data() == line.data() && row.line.size() == line.size();
  };
  while (next_ahead_ < end_ahead_ && !is_this(ahead_[next_ahead_])) ++next_ahead_;
  if (next_ahead_ == end_ahead_) {
    csv_.lines_at_hand(at_hand_, most_ahead);
    if (at_hand_.size() < 2) return;
    if (ahead_.size() < at_hand_.size()) ahead_.resize(at_hand_.size());
    next_ahead_ = 0;
    end_ahead_ = at_hand_.size();
    auto const done = parallel_for(
        end_ahead_, {.threads = control_.threads}, "parse", [&](std::size_t k) {
          ahead_[k].line = at_hand_[k];
          ahead_[k].good = parse_ahead(ahead_[k]);
        });
    if (!done) {  // out of memory: row by row, as ever
      end_ahead_ = 0;
      return;
    }
  }
  current_ = &ahead_[next_ahead_++];
}

bool LabelledRows::parse_ahead(Ahead& row) const {
  row.numbers.resize(shape_.numbers);
  auto rest = row.line;
  std::string_view label;
  for (std::size_t k = 0; k < shape_.labels; ++k) {
    if (!take_field(rest, csv_.dialect().separator, label)) return false;
  }
  return parse_plain_numbers(rest, csv_.dialect().separator, row.numbers);
}

bool LabelledRows::take_labels() {
  labels_.clear();
  split_ = false;
  rest_ = csv_.line();
  for (std::size_t k = 0; k < shape_.labels; ++k) {
    std::string_view field;
    if (!take_field(rest_, csv_.dialect().separator, field)) return split_labels();
    labels_.push_back(field);
  }
  return true;
}

bool LabelledRows::split_labels() {
  if (auto const done = csv_.split(); !done) {
    report(done.error());
    return false;
  }
  split_ = true;
  rest_ = {};
  auto const& fields = csv_.fields();
  if (fields.size() < shape_.labels) {
    report({ErrorCode::bad_format,
            fmt::format("the line has {} fields, the header has {}", fields.size(),
                        shape_.labels + shape_.numbers),
            csv_.where(), "the file may be cut off: compare its size with the original"});
    return false;
  }
  labels_.assign(fields.begin(), fields.begin() + static_cast<std::ptrdiff_t>(shape_.labels));
  return true;
}

bool LabelledRows::blank() const noexcept {
  if (!split_) {
    char const allowed[] = {csv_.dialect().separator, ' ', '\t', '\r'};
    return rest_.find_first_not_of(std::string_view{allowed, sizeof allowed}) ==
           std::string_view::npos;
  }
  auto const& fields = csv_.fields();
  for (std::size_t k = shape_.labels; k < fields.size(); ++k) {
    if (!fields[k].empty()) return false;
  }
  return true;
}

bool LabelledRows::parse(EmptyCells empty) {
  if (!split_ && current_ != nullptr && current_->good) {
    numbers_.swap(current_->numbers);
    current_ = nullptr;
    return true;
  }
  if (!split_ && parse_plain_numbers(rest_, csv_.dialect().separator, numbers_)) return true;
  return parse_fields(empty);
}

/// Field by field: for numbers written in another way, and to name what is wrong.
bool LabelledRows::parse_fields(EmptyCells empty) {
  if (!split_) {
    if (auto const done = csv_.split(); !done) {
      report(done.error());
      return false;
    }
    split_ = true;
  }
  auto const& fields = csv_.fields();
  auto const wanted = shape_.labels + shape_.numbers;
  bool const separator_at_end = fields.size() == wanted + 1 && fields.back().empty();
  if (fields.size() != wanted && !separator_at_end) {
    report({ErrorCode::bad_format,
            fmt::format("the line has {} fields, {} {}", fields.size(),
                        shape_.labels > 0 ? "the header has" : "it should have", wanted),
            csv_.where(),
            fields.size() < wanted ? "check the line for missing separators, and that the file is "
                                     "not cut off"
                                   : "check the line for additional separators"});
    return false;
  }
  bool good = true;
  for (std::size_t k = 0; k < shape_.numbers && !problems_.full(); ++k) {
    auto const text = fields[shape_.labels + k];
    auto const fault = parse_number(text, csv_.dialect(), numbers_[k]);
    if (fault == NumberFault::none) continue;
    numbers_[k] = 0;
    if (fault == NumberFault::empty && empty == EmptyCells::zero) continue;
    report(describe(fault, text, csv_.where(shape_.labels + k)));
    good = false;
  }
  return good;
}

void LabelledRows::report(Error const& error) {
  problems_.add(error.code, error.what, error.where, error.hint);
}

}  // namespace linchpin
