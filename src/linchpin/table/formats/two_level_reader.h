// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/assembler.h"
#include "linchpin/table/formats/label_builder.h"
#include "linchpin/table/formats/matrix_reader_rows.h"
#include "linchpin/table/formats/two_level.h"
#include "linchpin/table/formats/two_level_matrix.h"
#include "linchpin/table/problem_list.h"

namespace linchpin {

/// One run of read_two_level.
class TwoLevelReader {
 public:
  TwoLevelReader(Bundle const& bundle, TwoLevelFiles const& files, TwoLevelRules const& rules,
                 TableInfo info, ReadOptions const& options, RunControl const& control)
      : bundle_(bundle),
        files_(files),
        rules_(rules),
        info_(std::move(info)),
        options_(options),
        control_(control) {}

  Result<Table> read();

 private:
  using Columns = std::vector<std::uint32_t>;  // of a file -> industries or columns of Y
  struct Account {
    std::string unit = {};
    std::optional<std::size_t> value_added_row = {};
  };
  struct Accounts {  // rows of one extension, as its unit.txt lists them
    std::unordered_map<std::string, Account> rows = {};
    bool value_added = false;  // all rows are
  };

  Result<void> read_names(TwoLevelMatrix& flows, TwoLevelMatrix& final_uses);
  void name_industries(TwoLevelMatrix const& flows);
  void name_final_uses(TwoLevelMatrix const& final_uses);
  Result<void> read_unit();
  Result<void> find_value_added();
  Result<Accounts> list_accounts(TwoLevelFiles::Extension const& extension, bool value_added);
  Result<void> make_assembler();
  Result<void> read_final_uses(TwoLevelMatrix& matrix);
  Result<void> read_output();
  Result<void> read_flows(TwoLevelMatrix& matrix);
  Result<void> read_extension(std::size_t number);
  Result<void> read_accounts(std::size_t number,
                             std::unordered_map<std::string, std::size_t>& numbers);
  Result<void> read_accounts_of_final_users(
      std::size_t number, std::unordered_map<std::string, std::size_t> const& numbers);
  std::string account_name(std::size_t extension, std::string const& label);

  std::optional<std::size_t> seller_of(LabelledRows const& rows, std::vector<std::size_t>& lines);
  void check_all_seen(std::vector<std::size_t> const& lines, std::string const& member);
  Columns industry_columns(TwoLevelMatrix const& matrix);
  Columns final_columns(TwoLevelMatrix const& matrix);
  [[nodiscard]] Result<void> problems_so_far() const;

  Bundle const& bundle_;
  TwoLevelFiles const& files_;
  TwoLevelRules const& rules_;
  TableInfo info_;
  ReadOptions const& options_;
  RunControl const& control_;
  ProblemList problems_;
  LabelBuilder builder_;
  std::vector<std::size_t> positions_;  // of industries by first appearance
  std::vector<Accounts> accounts_;      // per extension
  std::vector<std::string> value_added_rows_;
  std::set<std::string> account_names_;
  std::optional<TableAssembler> assembler_;
  std::string unit_text_;
  DenseMatrix Y_;
  DenseVector output_;  // empty if there is no x
};

}  // namespace linchpin
