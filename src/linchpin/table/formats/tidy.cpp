// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/core/nearest.h"
#include "linchpin/table/allocate.h"
#include "linchpin/table/assembler.h"
#include "linchpin/table/files/csv.h"
#include "linchpin/table/formats/formats.h"
#include "linchpin/table/formats/label_builder.h"
#include "linchpin/table/formats/matrix_reader_member.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/problem_list.h"

namespace linchpin {
namespace {

constexpr std::array<std::string_view, 6> columns{"seller_region", "seller_sector", "buyer_region",
                                                  "buyer",         "kind",          "value"};
constexpr std::string_view progress_name = "reading table";
constexpr std::size_t lines_between_reports = 1U << 16U;
constexpr std::string_view one_year_one_unit =
    "it holds one year in one unit, without columns for them: keep the lines of one of each and "
    "say "
    "which with --year and --unit";

enum class Kind { intermediate, final_demand, value_added };

/// One line of the file, split and understood; texts live as long as the reader's line.
struct Cell {
  Kind kind = Kind::intermediate;
  std::string_view seller_region, seller_sector, buyer_region, buyer;
  std::string_view value_added_row;
  double value = 0;
};

/// Reads the file twice: first for the labels, because the shape of the arrays is known only at
/// the end, then for the numbers. That keeps memory at the size of the table, whatever its order.
class TidyReader {
 public:
  TidyReader(Bundle const& bundle, std::string member, ReadOptions const& options,
             RunControl const& control)
      : bundle_(bundle), member_(std::move(member)), options_(options), control_(control) {}

  Result<Table> read();

 private:
  using Visit = void (TidyReader::*)(Cell const&, CsvReader const&);

  Result<void> pass(std::size_t number, Visit visit);
  void check_header(CsvReader const& csv);
  bool understand(CsvReader const& csv, Cell& cell);
  bool understand_sellers(CsvReader const& csv, Cell& cell);
  void check_label(std::string_view text, CsvReader const& csv, std::size_t field);
  void collect(Cell const& cell, CsvReader const& csv);
  void store(Cell const& cell, CsvReader const& csv);
  void remember_value_added_buyer(Cell const& cell, CsvReader const& csv);
  void check_value_added_buyers();
  Result<void> lay_out();
  void add_output();

  Bundle const& bundle_;
  std::string member_;
  ReadOptions const& options_;
  RunControl const& control_;
  ProblemList problems_;
  LabelBuilder builder_;
  struct Buyer {
    std::string region, sector, where;
  };
  LabelBuilder value_added_buyers_;
  std::vector<Buyer> value_added_places_;
  std::vector<std::size_t> positions_;  // industry by first appearance -> row of Z
  std::vector<std::uint32_t> lines_;    // line that gave each cell of Z, Y, value added; 0: none
  Table table_;
};

Result<Table> TidyReader::read() {
  if (auto const done = pass(1, &TidyReader::collect); !done) return fail(done.error());
  check_value_added_buyers();
  if (problems_.empty() && builder_.industries() == 0) {
    problems_.add(ErrorCode::bad_format, "the file holds no flow", bundle_.name(),
                  "add lines of kind intermediate or final");
  }
  if (!problems_.empty()) return fail(problems_.joined(bundle_.name()));
  if (auto const done = lay_out(); !done) return fail(done.error());
  if (auto const done = pass(2, &TidyReader::store); !done) return fail(done.error());
  if (!problems_.empty()) return fail(problems_.joined(bundle_.name()));
  add_output();
  auto const file_name =
      bundle_.single_file() ? bundle_.file_name() : bundle_.file_name() + ":" + member_;
  table_.info.title = file_name;
  table_.info.history = fmt::format("imported from {} (format tidy)", file_name);
  return reassemble(std::move(table_), options_, bundle_.name());
}

Result<void> TidyReader::pass(std::size_t number, Visit visit) {
  auto csv = bundle_.open_csv(member_);
  if (!csv) return fail(csv.error());
  bool header = true;
  for (std::size_t count = 1;; ++count) {
    auto const more = csv->next();
    if (!more) return fail(more.error());
    if (!*more) break;
    if (header) csv->set_dialect(dialect_of(csv->line()));
    if (auto const done = csv->split(); !done) {
      auto const& problem = done.error();
      problems_.add(problem.code, problem.what, problem.where, problem.hint);
    } else if (header) {
      check_header(*csv);
      if (!problems_.empty()) return fail(problems_.joined(bundle_.name()));
      header = false;
    } else if (Cell cell; understand(*csv, cell)) {
      (this->*visit)(cell, *csv);
    }
    if (problems_.full()) return fail(problems_.joined(bundle_.name()));
    if (count % lines_between_reports == 0) {
      csv->report_progress(control_, number == 1 ? "reading labels" : progress_name);
      if (control_.cancel.cancelled()) {
        return fail(ErrorCode::cancelled, "stopped while reading", bundle_.name(), "run it again");
      }
    }
  }
  if (header) {
    return fail(ErrorCode::bad_format, "the file is empty", bundle_.name(),
                "check the download or the program that wrote it");
  }
  return {};
}

void TidyReader::check_header(CsvReader const& csv) {
  auto const& fields = csv.fields();
  if (std::equal(fields.begin(), fields.end(), columns.begin(), columns.end())) return;
  problems_.add(ErrorCode::bad_format, fmt::format("the header is '{}'", printable(csv.line())),
                csv.where(),
                fmt::format("a tidy table starts with the line {}; {}", fmt::join(columns, ","),
                            one_year_one_unit));
}

void TidyReader::check_label(std::string_view text, CsvReader const& csv, std::size_t field) {
  auto const fault = label_fault(text);
  if (fault.empty()) return;
  problems_.add(text.empty() ? ErrorCode::missing_value : ErrorCode::bad_value,
                fmt::format("the {} '{}' {}", columns[field], printable(text), fault),
                csv.where(field),
                "give every region, sector and kind of final demand a short name");
}

/// True if the line makes sense; otherwise its problems are noted.
bool TidyReader::understand(CsvReader const& csv, Cell& cell) {
  auto const& fields = csv.fields();
  if (fields.size() != columns.size()) {
    problems_.add(
        ErrorCode::bad_format,
        fmt::format("the line has {} fields, it should have {}", fields.size(), columns.size()),
        csv.where(), "check the line for missing or additional separators");
    return false;
  }
  static_assert(columns[4] == "kind");
  if (fields[4] == "intermediate") {
    cell.kind = Kind::intermediate;
  } else if (fields[4] == "final") {
    cell.kind = Kind::final_demand;
  } else if (fields[4] == "value_added") {
    cell.kind = Kind::value_added;
  } else {
    std::array<std::string, 3> const kinds{"intermediate", "final", "value_added"};
    problems_.add(ErrorCode::bad_value, fmt::format("there is no kind '{}'", printable(fields[4])),
                  csv.where(4),
                  did_you_mean(fields[4], kinds, "write intermediate, final or value_added"));
    return false;
  }
  if (!understand_sellers(csv, cell)) return false;
  cell.buyer_region = fields[2];
  cell.buyer = fields[3];
  auto const fault = parse_number(fields[5], csv.dialect(), cell.value);
  if (fault != NumberFault::none) {
    auto const problem = describe(fault, fields[5], csv.where(5));
    problems_.add(problem.code, problem.what, problem.where, problem.hint);
    return false;
  }
  return true;
}

bool TidyReader::understand_sellers(CsvReader const& csv, Cell& cell) {
  auto const& fields = csv.fields();
  cell.seller_region = fields[0];
  cell.seller_sector = fields[1];
  if (cell.kind != Kind::value_added) return true;
  if (fields[0].empty() == fields[1].empty()) {
    problems_.add(ErrorCode::bad_format,
                  "a value_added line needs the row's name in one of the two seller columns",
                  csv.where(0), "write the name as seller_region and leave seller_sector empty");
    return false;
  }
  cell.value_added_row = fields[0].empty() ? fields[1] : fields[0];
  return true;
}

/// First pass: labels in the order of their first appearance, seller before buyer.
void TidyReader::collect(Cell const& cell, CsvReader const& csv) {
  if (cell.kind == Kind::value_added) {
    if (!builder_.find_value_added_row(cell.value_added_row)) {
      check_label(cell.value_added_row, csv, 0);
      builder_.add_value_added_row(cell.value_added_row);
    }
    return remember_value_added_buyer(cell, csv);
  }
  auto const add_industry = [&](std::string_view region, std::string_view sector,
                                std::size_t field) {
    if (builder_.find_industry(region, sector)) return;
    check_label(region, csv, field);
    check_label(sector, csv, field + 1);
    builder_.add_industry(builder_.add_region(region), builder_.add_sector(sector));
  };
  add_industry(cell.seller_region, cell.seller_sector, 0);
  if (cell.kind == Kind::intermediate) return add_industry(cell.buyer_region, cell.buyer, 2);
  if (!builder_.find_region(cell.buyer_region)) {
    check_label(cell.buyer_region, csv, 2);
    builder_.add_region(cell.buyer_region);
  }
  if (!builder_.find_category(cell.buyer)) {
    check_label(cell.buyer, csv, 3);
    builder_.add_category(cell.buyer);
  }
}

/// Value added may come before the flows of its industry, so buyers are checked at the end.
void TidyReader::remember_value_added_buyer(Cell const& cell, CsvReader const& csv) {
  if (value_added_buyers_.find_industry(cell.buyer_region, cell.buyer)) return;
  value_added_buyers_.add_industry(value_added_buyers_.add_region(cell.buyer_region),
                                   value_added_buyers_.add_sector(cell.buyer));
  value_added_places_.push_back(
      {std::string{cell.buyer_region}, std::string{cell.buyer}, csv.where(2)});
}

void TidyReader::check_value_added_buyers() {
  for (auto const& buyer : value_added_places_) {
    if (builder_.find_industry(buyer.region, buyer.sector)) continue;
    auto const label = fmt::format("{}:{}", printable(buyer.region), printable(buyer.sector));
    problems_.add(ErrorCode::unknown_label,
                  fmt::format("value added of '{}', which neither sells nor buys", label),
                  buyer.where,
                  did_you_mean(label, builder_.industry_labels(),
                               "the buyer of value added is an industry with flows"));
    if (problems_.full()) return;
  }
}

Result<void> TidyReader::lay_out() {
  table_.labels = builder_.finish();
  positions_ = builder_.grouped_positions();
  if (auto const done = allocate(table_, options_.memory_limit, bundle_.name()); !done) return done;
  try {
    lines_.assign(
        table_.Z.values().size() + table_.Y.values().size() + table_.value_added.values().size(),
        0);
  } catch (std::bad_alloc const&) {
    return fail(ErrorCode::too_large, "there is not enough memory for the table", bundle_.name(),
                "aggregate the table first, or use a machine with more memory");
  }
  return {};
}

/// Second pass: the numbers.
void TidyReader::store(Cell const& cell, CsvReader const& csv) {
  auto const buyer = builder_.find_industry(cell.buyer_region, cell.buyer);
  auto const seller = builder_.find_industry(cell.seller_region, cell.seller_sector);
  auto const region = builder_.find_region(cell.buyer_region);
  auto const category = builder_.find_category(cell.buyer);
  auto const row = builder_.find_value_added_row(cell.value_added_row);
  double* target = nullptr;
  std::size_t place = 0;  // of the cell in lines_
  auto const choose = [&](DenseMatrix& matrix, std::size_t i, std::size_t j, std::size_t offset) {
    target = &matrix(i, j);
    place = offset + i * matrix.columns() + j;
  };
  auto const Y_start = table_.Z.values().size();
  auto const value_added_start = Y_start + table_.Y.values().size();
  if (cell.kind == Kind::intermediate && seller && buyer) {
    choose(table_.Z.dense(), positions_[*seller], positions_[*buyer], 0);
  } else if (cell.kind == Kind::final_demand && seller && region && category) {
    choose(table_.Y, positions_[*seller],
           table_.labels.final_column(RegionId{*region}, CategoryId{*category}).index(), Y_start);
  } else if (cell.kind == Kind::value_added && row && buyer) {
    choose(table_.value_added, *row, positions_[*buyer], value_added_start);
  } else {
    problems_.add(ErrorCode::unreadable_file, "the file changed while it was read", csv.where(),
                  "run it again when no other program writes the file");
    return;
  }
  if (lines_[place] != 0) {
    problems_.add(
        ErrorCode::duplicate_label,
        fmt::format("the cell {}:{} -> {}:{} ({}) appears twice, first in line {}",
                    printable(csv.fields()[0]), printable(csv.fields()[1]),
                    printable(cell.buyer_region), printable(cell.buyer), csv.fields()[4],
                    lines_[place]),
        csv.where(),
        fmt::format("add the two values or delete one of the lines; {}", one_year_one_unit));
    return;
  }
  constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max();
  lines_[place] = static_cast<std::uint32_t>(std::min(csv.line_number(), most));
  *target = cell.value;
}

void TidyReader::add_output() {
  for (std::size_t i = 0; i < table_.size(); ++i) {
    double sum = 0;
    for (double const flow : table_.Z.row(i)) sum += flow;
    for (double const use : table_.Y.row(i)) sum += use;
    table_.output[i] = sum;
  }
}

bool is_tidy(Bundle const& bundle, std::string const& member) {
  auto const start = bundle.first_line(member).substr(0, 200);
  return start.find("seller_region") != std::string::npos &&
         start.find("kind") != std::string::npos;
}

Result<Table> read_tidy(Bundle const& bundle, ReadOptions const& options,
                        RunControl const& control) {
  auto member = choose_member(bundle, options, [&](std::string const& each) {
    return bundle.single_file() || is_tidy(bundle, each);
  });
  if (!member) return fail(member.error());
  return TidyReader(bundle, std::move(*member), options, control).read();
}

bool looks_like_tidy(Bundle const& bundle) {
  auto const& members = bundle.members();
  return std::any_of(members.begin(), members.end(),
                     [&](std::string const& member) { return is_tidy(bundle, member); });
}

}  // namespace

TableFormat tidy_format() noexcept {
  return {"tidy", "one cell per line: seller_region,seller_sector,buyer_region,buyer,kind,value",
          looks_like_tidy, read_tidy};
}

}  // namespace linchpin
