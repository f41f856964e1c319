// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/nowcast/concordance.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>

#include "linchpin/core/nearest.h"
#include "linchpin/table/files/csv_lines.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/problem_list.h"

namespace linchpin {
namespace {

constexpr std::size_t name_column = 2;
constexpr std::string_view header_hint =
    "a concordance starts with the line from,to or from,to,name";

/// Numbers labels in the order in which they come.
std::size_t number(std::string_view label, std::vector<std::string>& labels,
                   std::unordered_map<std::string, std::size_t>& known) {
  auto const [place, is_new] = known.try_emplace(std::string{label}, labels.size());
  if (is_new) labels.emplace_back(label);
  return place->second;
}

class ConcordanceReader {
 public:
  explicit ConcordanceReader(CsvReader csv) : csv_(std::move(csv)) { result_.file = csv_.name(); }

  Result<Concordance> read() {
    auto const more = csv_.next();
    if (!more) return fail(more.error());
    if (auto const done = read_header(*more); !done) return fail(done.error());
    auto const done = for_each_line(csv_, problems_, [this] { read_line(); });
    if (!done) return fail(done.error());
    if (problems_.empty() && result_.pairs.empty()) {
      problems_.add(ErrorCode::bad_format, "the concordance has no line", csv_.name(),
                    "add one line from,to per pair of labels");
    }
    if (!problems_.empty()) return fail(problems_.joined(csv_.name()));
    return std::move(result_);
  }

 private:
  Result<void> read_header(bool there) {
    if (there) {
      if (auto const done = csv_.split(); !done) return done;
      auto const& fields = csv_.fields();
      columns_ = fields.size();
      bool const fits = columns_ >= 2 && columns_ <= name_column + 1 && fields[0] == "from" &&
                        fields[1] == "to" && (columns_ == 2 || fields[name_column] == "name");
      if (fits) return {};
    }
    return fail(ErrorCode::bad_format,
                there ? fmt::format("the header is '{}'", printable(csv_.line()))
                      : std::string{"the file is empty"},
                there ? csv_.where() : csv_.name(), std::string{header_hint});
  }

  void read_line() {
    auto const& fields = csv_.fields();
    if (fields.size() != columns_) {
      problems_.add(
          ErrorCode::bad_format,
          fmt::format("the line has {} fields, the header has {}", fields.size(), columns_),
          csv_.where(), "put names that hold commas between double quotes");
      return;
    }
    for (std::size_t field = 0; field < 2; ++field) {
      auto const fault = label_fault(fields[field]);
      if (fault.empty()) continue;
      problems_.add(fields[field].empty() ? ErrorCode::missing_value : ErrorCode::bad_value,
                    fmt::format("the label '{}' {}", printable(fields[field]), fault),
                    csv_.where(field), "write one line from,to per pair of labels");
      return;
    }
    auto const from = number(fields[0], result_.from, from_);
    auto const to = number(fields[1], result_.to, to_);
    result_.names.resize(result_.to.size());
    if (columns_ > name_column && !fields[name_column].empty()) take_name(to);
    if (seen_.emplace(from, to).second) {
      result_.pairs.emplace_back(from, to);
    } else {
      problems_.add(ErrorCode::duplicate_label,
                    fmt::format("the pair '{}', '{}' stands here twice", printable(fields[0]),
                                printable(fields[1])),
                    csv_.where(), "keep one of the lines");
    }
  }

  void take_name(std::size_t to) {
    std::string const name{csv_.fields()[name_column]};
    if (auto const fault = label_fault(name); !fault.empty()) {
      problems_.add(ErrorCode::bad_value, fmt::format("the name '{}' {}", printable(name), fault),
                    csv_.where(name_column), "names are one line of plain text");
    } else if (!result_.names[to].empty() && result_.names[to] != name) {
      problems_.add(ErrorCode::bad_value,
                    fmt::format("'{}' is named '{}' here and '{}' before", result_.to[to],
                                printable(name), printable(result_.names[to])),
                    csv_.where(name_column), "give it one name; other lines may leave it empty");
    } else {
      result_.names[to] = name;
    }
  }

  CsvReader csv_;
  Concordance result_;
  ProblemList problems_;
  std::size_t columns_ = 0;
  std::unordered_map<std::string, std::size_t> from_, to_;
  std::set<std::pair<std::size_t, std::size_t>> seen_;
};

}  // namespace

std::vector<std::size_t> Concordance::targets_of(std::size_t k) const {
  std::vector<std::size_t> result;
  for (auto const& [source, target] : pairs) {
    if (source == k) result.push_back(target);
  }
  std::sort(result.begin(), result.end());
  return result;
}

Result<Concordance> read_concordance(std::filesystem::path const& path) {
  auto csv = CsvReader::open(path);
  if (!csv) return fail(csv.error());
  return ConcordanceReader(std::move(*csv)).read();
}

Concordance identity_concordance(std::vector<std::string> const& labels) {
  Concordance result;
  result.file = "the labels themselves";
  result.from = labels;
  result.to = labels;
  result.names.resize(labels.size());
  for (std::size_t k = 0; k < labels.size(); ++k) result.pairs.emplace_back(k, k);
  return result;
}

std::vector<std::string> sector_codes(TableLabels const& labels) {
  std::vector<std::string> codes;
  for (auto const& sector : labels.sectors) codes.push_back(sector.label);
  return codes;
}

Result<std::vector<std::size_t>> find_labels(std::vector<std::string> const& wanted,
                                             std::vector<std::string> const& known,
                                             std::string const& kind, std::string const& where) {
  std::unordered_map<std::string, std::size_t> position;
  for (std::size_t k = 0; k < known.size(); ++k) position.emplace(known[k], k);
  ErrorList errors;
  std::vector<std::size_t> result;
  for (auto const& label : wanted) {
    auto const place = position.find(label);
    if (place == position.end()) {
      errors.add(ErrorCode::unknown_label,
                 fmt::format("there is no {} '{}'", kind, printable(label)), where,
                 did_you_mean(label, known, "check the labels on both sides"));
    } else {
      result.push_back(place->second);
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  return result;
}

}  // namespace linchpin
