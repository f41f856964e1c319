// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/mapping.h"

#include <fmt/format.h>

#include <map>
#include <string_view>
#include <utility>

#include "linchpin/table/files/csv_lines.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/problem_list.h"

namespace linchpin {
namespace {

constexpr std::size_t name_column = 2;

/// Checks one line at a time, remembering what came before.
class MappingReader {
 public:
  explicit MappingReader(CsvReader csv) : csv_(std::move(csv)) { mapping_.file = csv_.name(); }

  Result<Mapping> read() {
    if (auto const done = read_header(); !done) return fail(done.error());
    auto const done = for_each_line(csv_, problems_, [this] { read_line(); });
    if (!done) return fail(done.error());
    if (problems_.empty() && mapping_.entries.empty()) {
      problems_.add(ErrorCode::bad_format, "the mapping has no line", csv_.name(),
                    "add one line from,to per label");
    }
    if (!problems_.empty()) return fail(problems_.joined(csv_.name()));
    return std::move(mapping_);
  }

 private:
  Result<void> read_header() {
    auto const more = csv_.next();
    if (!more) return fail(more.error());
    if (!*more) {
      return fail(ErrorCode::bad_format, "the file is empty", csv_.name(),
                  "a mapping starts with the line from,to or from,to,name");
    }
    if (auto const done = csv_.split(); !done) return done;
    auto const& fields = csv_.fields();
    bool const two = fields.size() == 2 && fields[0] == "from" && fields[1] == "to";
    bool const three = fields.size() == 3 && fields[0] == "from" && fields[1] == "to" &&
                       fields[name_column] == "name";
    columns_ = fields.size();
    if (two || three) return {};
    return fail(ErrorCode::bad_format, fmt::format("the header is '{}'", printable(csv_.line())),
                csv_.where(), "a mapping starts with the line from,to or from,to,name");
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
    if (!is_label(fields[0], 0) || !is_label(fields[1], 1)) return;
    Mapping::Entry entry{std::string{fields[0]}, std::string{fields[1]}, {}, csv_.line_number()};
    if (columns_ > name_column) entry.name = fields[name_column];
    if (!entry.name.empty() && !is_label(entry.name, name_column)) return;
    auto const [before, is_new] = line_of_.try_emplace(entry.from, entry.line);
    if (!is_new) {
      problems_.add(ErrorCode::duplicate_label,
                    fmt::format("'{}' is mapped twice, first in line {}", printable(entry.from),
                                before->second),
                    csv_.where(0), "keep one of the two lines");
      return;
    }
    if (!entry.name.empty()) check_name(entry);
    mapping_.entries.push_back(std::move(entry));
  }

  bool is_label(std::string_view text, std::size_t field) {
    auto const fault = label_fault(text);
    if (fault.empty()) return true;
    problems_.add(text.empty() ? ErrorCode::missing_value : ErrorCode::bad_value,
                  fmt::format("the label '{}' {}", printable(text), fault), csv_.where(field),
                  "write one line from,to per label");
    return false;
  }

  void check_name(Mapping::Entry const& entry) {
    auto const [known, is_new] = name_of_.try_emplace(entry.to, entry.name);
    if (is_new || known->second == entry.name) return;
    problems_.add(ErrorCode::bad_value,
                  fmt::format("'{}' is named '{}' here and '{}' before", printable(entry.to),
                              printable(entry.name), printable(known->second)),
                  csv_.where(name_column), "give it one name; later lines may leave it empty");
  }

  CsvReader csv_;
  Mapping mapping_;
  ProblemList problems_;
  std::size_t columns_ = 0;
  std::map<std::string, std::size_t> line_of_;
  std::map<std::string, std::string> name_of_;
};

}  // namespace

Result<Mapping> read_mapping(std::filesystem::path const& path) {
  auto csv = CsvReader::open(path);
  if (!csv) return fail(csv.error());
  return MappingReader(std::move(*csv)).read();
}

}  // namespace linchpin
