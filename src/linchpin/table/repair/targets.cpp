// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/repair/targets.h"

#include <fmt/format.h>

#include <string_view>
#include <unordered_map>
#include <utility>

#include "linchpin/table/files/csv_lines.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/problem_list.h"

namespace linchpin {
namespace {

constexpr char const* header_hint =
    "targets start with the line label,target or region,sector,target; a last column sigma may "
    "follow";

class TargetReader {
 public:
  explicit TargetReader(CsvReader csv) : csv_(std::move(csv)) { list_.file = csv_.name(); }

  Result<TargetList> read() {
    if (auto const done = read_header(); !done) return fail(done.error());
    auto const done = for_each_line(csv_, problems_, [this] { read_line(); });
    if (!done) return fail(done.error());
    if (problems_.empty() && list_.entries.empty()) {
      problems_.add(ErrorCode::bad_format, "the file has no target", csv_.name(),
                    "add one line per label");
    }
    if (!problems_.empty()) return fail(problems_.joined(csv_.name()));
    return std::move(list_);
  }

 private:
  Result<void> read_header() {
    auto const more = csv_.next();
    if (!more) return fail(more.error());
    if (!*more) return fail(ErrorCode::bad_format, "the file is empty", csv_.name(), header_hint);
    csv_.set_dialect(dialect_of(csv_.line()));
    if (auto const done = csv_.split(); !done) return done;
    std::vector<std::string> names(csv_.fields().begin(), csv_.fields().end());
    columns_ = names.size();
    has_sigma_ = !names.empty() && names.back() == "sigma";
    if (has_sigma_) names.pop_back();
    label_fields_ = names.empty() ? 0 : names.size() - 1;
    if (names == std::vector<std::string>{"label", "target"} ||
        names == std::vector<std::string>{"region", "sector", "target"}) {
      return {};
    }
    return fail(ErrorCode::bad_format, fmt::format("the header is '{}'", printable(csv_.line())),
                csv_.where(), header_hint);
  }

  void read_line() {
    auto const& fields = csv_.fields();
    if (fields.size() != columns_) {
      problems_.add(
          ErrorCode::bad_format,
          fmt::format("the line has {} fields, the header has {}", fields.size(), columns_),
          csv_.where(), header_hint);
      return;
    }
    TargetList::Entry entry;
    for (std::size_t k = 0; k < label_fields_; ++k) {
      if (auto const fault = label_fault(fields[k]); !fault.empty()) {
        problems_.add(fields[k].empty() ? ErrorCode::missing_value : ErrorCode::bad_value,
                      fmt::format("the label '{}' {}", printable(fields[k]), fault), csv_.where(k),
                      "name an industry such as CHN:c14");
        return;
      }
      entry.label += (k == 0 ? "" : ":") + std::string{fields[k]};
    }
    if (!number(label_fields_, entry.target)) return;
    auto const sigma = label_fields_ + 1;
    if (has_sigma_ && !fields[sigma].empty() && !number(sigma, entry.sigma)) return;
    if (entry.sigma < 0) {
      problems_.add(ErrorCode::bad_value, fmt::format("sigma is {:.6g}", entry.sigma),
                    csv_.where(sigma), "a standard deviation is zero (exact) or more");
      return;
    }
    entry.line = csv_.line_number();
    auto const [before, is_new] = line_of_.try_emplace(entry.label, entry.line);
    if (!is_new) {
      problems_.add(ErrorCode::duplicate_label,
                    fmt::format("'{}' has two targets, the first in line {}",
                                printable(entry.label), before->second),
                    csv_.where(), "keep one of the two lines");
      return;
    }
    list_.entries.push_back(std::move(entry));
  }

  bool number(std::size_t field, double& value) {
    auto const text = csv_.fields()[field];
    auto const fault = parse_number(text, csv_.dialect(), value);
    if (fault == NumberFault::none) return true;
    auto const problem = describe(fault, text, csv_.where(field));
    problems_.add(problem.code, problem.what, problem.where, problem.hint);
    return false;
  }

  CsvReader csv_;
  TargetList list_;
  ProblemList problems_;
  std::size_t columns_ = 0;
  std::size_t label_fields_ = 0;
  bool has_sigma_ = false;
  std::unordered_map<std::string, std::size_t> line_of_;
};

}  // namespace

Result<TargetList> read_targets(std::filesystem::path const& path) {
  auto csv = CsvReader::open(path);
  if (!csv) return fail(csv.error());
  return TargetReader(std::move(*csv)).read();
}

}  // namespace linchpin
