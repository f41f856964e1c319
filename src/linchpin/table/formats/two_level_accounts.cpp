// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "linchpin/table/formats/two_level_reader.h"
#include "linchpin/table/label_text.h"

namespace linchpin {

std::string TwoLevelReader::account_name(std::size_t extension, std::string const& label) {
  auto name = label;
  if (!account_names_.insert(name).second) {
    name = files_.extensions[extension].name + ": " + label;
    account_names_.insert(name);
  }
  return name;
}

Result<void> TwoLevelReader::read_extension(std::size_t number) {
  std::unordered_map<std::string, std::size_t> numbers;
  if (auto const done = read_accounts(number, numbers); !done) return done;
  if (files_.extensions[number].F_Y.empty() || numbers.empty()) return {};
  return read_accounts_of_final_users(number, numbers);
}

Result<void> TwoLevelReader::read_accounts(std::size_t number,
                                           std::unordered_map<std::string, std::size_t>& numbers) {
  auto matrix = TwoLevelMatrix::open(bundle_, files_.extensions[number].F);
  if (!matrix) return fail(matrix.error());
  auto const columns = industry_columns(*matrix);
  if (auto const done = problems_so_far(); !done) return done;
  std::unordered_map<std::string, std::size_t> lines;
  LabelledRows rows(matrix->csv(), matrix->shape(), problems_, control_);
  DenseVector values(positions_.size(), 0.0);
  for (;;) {
    auto const more = rows.next();
    if (!more) return fail(more.error());
    if (!*more) return {};
    if (rows.blank()) continue;
    auto const label = TwoLevelMatrix::row_name(rows.labels());
    auto const fault = label_fault(label);
    auto const fresh = lines.try_emplace(label, rows.csv().line_number()).second;
    if (!fault.empty() || !fresh) {
      problems_.add(
          fresh ? ErrorCode::bad_format : ErrorCode::duplicate_label,
          fmt::format("the row '{}' {}", printable(label), fresh ? fault : "appears twice"),
          rows.csv().where(), "every account needs a name of its own");
      continue;
    }
    if (!rows.parse()) continue;
    for (std::size_t k = 0; k < columns.size(); ++k) values[columns[k]] = rows.numbers()[k];
    auto const& account = accounts_[number].rows[label];
    if (account.value_added_row) {
      assembler_->add_value_added(*account.value_added_row, values);
      continue;
    }
    numbers[label] = assembler_->add_account({account_name(number, label), account.unit}, values);
    if (auto const enough = assembler_->fits(); !enough) return enough;
  }
}

Result<void> TwoLevelReader::read_accounts_of_final_users(
    std::size_t number, std::unordered_map<std::string, std::size_t> const& numbers) {
  auto matrix = TwoLevelMatrix::open(bundle_, files_.extensions[number].F_Y);
  if (!matrix) return fail(matrix.error());
  auto const columns = final_columns(*matrix);
  if (auto const done = problems_so_far(); !done) return done;
  LabelledRows rows(matrix->csv(), matrix->shape(), problems_, control_);
  DenseVector values(Y_.columns(), 0.0);
  for (;;) {
    auto const more = rows.next();
    if (!more) return fail(more.error());
    if (!*more) return {};
    if (rows.blank()) continue;
    auto const label = TwoLevelMatrix::row_name(rows.labels());
    auto const account = numbers.find(label);
    if (account == numbers.end()) {
      if (accounts_[number].rows.contains(label)) continue;  // value added: no place in a table
      problems_.add(ErrorCode::unknown_label,
                    fmt::format("the row '{}' is not an account of industries", printable(label)),
                    rows.csv().where(), "F and F_Y need the same rows");
      continue;
    }
    if (!rows.parse()) continue;
    std::fill(values.begin(), values.end(), 0.0);
    for (std::size_t k = 0; k < columns.size(); ++k) values[columns[k]] = rows.numbers()[k];
    assembler_->set_account_of_final_users(account->second, values);
    if (auto const enough = assembler_->fits(); !enough) return enough;
  }
}

}  // namespace linchpin
