// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <functional>
#include <string_view>

#include "linchpin/table/files/csv.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/problem_list.h"
#include "linchpin/table/nowcast/split.h"

namespace linchpin {
namespace {

/// One line: its labels and its number.
using TakeLine = std::function<void(std::vector<std::string_view> const& fields, double value)>;

/// Reads a CSV whose last column is a number; columns before it are labels.
Result<void> read_lines(std::filesystem::path const& path,
                        std::vector<std::string_view> const& header, TakeLine const& take) {
  auto csv = CsvReader::open(path);
  if (!csv) return fail(csv.error());
  std::string wanted;
  for (auto const name : header) wanted += (wanted.empty() ? "" : ",") + std::string{name};
  auto const first = csv->next();
  if (!first) return fail(first.error());
  if (*first) {
    if (auto const done = csv->split(); !done) return done;
  }
  if (!*first || csv->fields() != header) {
    return fail(ErrorCode::bad_format, "the first line is not the header", csv->name(),
                fmt::format("start with the line {}", wanted));
  }
  ProblemList problems;
  while (!problems.full()) {
    auto const more = csv->next();
    if (!more) return fail(more.error());
    if (!*more) break;
    if (auto const done = csv->split(); !done) return done;
    auto const& fields = csv->fields();
    if (fields.size() != header.size()) {
      problems.add(
          ErrorCode::bad_format,
          fmt::format("the line has {} fields, the header has {}", fields.size(), header.size()),
          csv->where(), "give " + wanted);
      continue;
    }
    double value = 0;
    if (auto const fault = parse_number(fields.back(), value); fault != NumberFault::none) {
      auto const problem = describe(fault, fields.back(), csv->where(fields.size() - 1));
      problems.add(problem.code, problem.what, problem.where, problem.hint);
    } else if (value < 0) {
      problems.add(ErrorCode::bad_value, fmt::format("the value {} is negative", value),
                   csv->where(fields.size() - 1), "give a number that is not negative");
    } else {
      take(fields, value);
    }
  }
  if (!problems.empty()) return fail(problems.joined(csv->name()));
  return {};
}

}  // namespace

Result<std::vector<SplitSpec::Output>> read_split_outputs(std::filesystem::path const& path) {
  std::vector<SplitSpec::Output> result;
  auto const done = read_lines(path, {"region", "output"}, [&](auto const& fields, double value) {
    result.push_back({std::string{fields[0]}, value});
  });
  if (!done) return fail(done.error());
  return result;
}

Result<std::vector<SplitSpec::Flow>> read_split_flows(std::filesystem::path const& path) {
  std::vector<SplitSpec::Flow> result;
  auto const done =
      read_lines(path, {"seller", "buyer", "value"}, [&](auto const& fields, double value) {
        result.push_back({std::string{fields[0]}, std::string{fields[1]}, value});
      });
  if (!done) return fail(done.error());
  return result;
}

Result<std::vector<SplitSpec::Input>> read_split_inputs(std::filesystem::path const& path) {
  std::vector<SplitSpec::Input> result;
  auto const done =
      read_lines(path, {"region", "sector", "share"}, [&](auto const& fields, double value) {
        result.push_back({std::string{fields[0]}, std::string{fields[1]}, value});
      });
  if (!done) return fail(done.error());
  return result;
}

Result<std::vector<SplitSpec::User>> read_split_users(std::filesystem::path const& path) {
  std::vector<SplitSpec::User> result;
  auto const done =
      read_lines(path, {"region", "user", "share"}, [&](auto const& fields, double value) {
        result.push_back({std::string{fields[0]}, std::string{fields[1]}, value});
      });
  if (!done) return fail(done.error());
  return result;
}

}  // namespace linchpin
