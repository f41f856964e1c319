// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/store/trade_store.h"

#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/core/byte_count.h"
#include "linchpin/table/files/input_file.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/trade/check_accounts.h"

namespace linchpin {
namespace {

constexpr char const* version_attribute = "linchpin_trade_format";
constexpr char const* remedy =
    "make it anew with `linchpin equilibrium calibrate`, or copy it again from where it came from";

Result<void> check_texts(TradeAccounts const& accounts, std::string const& where) {
  ErrorList errors;
  auto const check = [&](std::string const& text, char const* kind) {
    if (text.find('\0') == std::string::npos && is_utf8(text)) return;
    errors.add(ErrorCode::bad_value,
               fmt::format("the {} '{}' cannot be stored", kind, printable(text)), where,
               "use UTF-8 text without zero bytes");
  };
  check(accounts.title, "title");
  check(accounts.source, "source");
  check(accounts.licence, "licence");
  check(accounts.unit.currency, "currency");
  for (auto const& each : accounts.adjustments) check(each, "adjustment");
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

class Writer {
 public:
  Writer(TradeAccounts const& accounts, std::string name, NetcdfCompression const& compression)
      : accounts_(accounts), compression_(compression), file_(std::move(name)) {}

  Result<void> save(std::filesystem::path const& path) {
    describe();
    auto const& regions = accounts_.regions;
    auto const& sectors = accounts_.sectors;
    int const region = labels("region", regions, "region");
    int const sector = labels("sector", sectors, "sector");
    int const importer = labels("importer", regions, "buying region, in the order of 'region'");
    int const exporter = labels("exporter", regions, "selling region, in the order of 'region'");
    int const user = labels("user", sectors, "using sector, in the order of 'sector'");
    int const input = labels("input", sectors, "sector of an input, in the order of 'sector'");
    numbers("trade", {sector, importer, exporter}, accounts_.trade,
            "purchases, net of tariffs; of a region from itself on the diagonal",
            to_string(accounts_.unit));
    if (!accounts_.tariffs.empty()) {
      numbers("tariff", {sector, importer, exporter}, accounts_.tariffs, "ad valorem tariff", "1");
    }
    numbers("value_added_share", {region, sector}, accounts_.value_added_share,
            "value added over output", "1");
    numbers("input_share", {region, user, input}, accounts_.input_shares,
            "share of the input in the materials of the user", "1");
    if (!accounts_.theta.empty()) {
      numbers("trade_elasticity", {sector}, accounts_.theta, "trade elasticity", "1");
    }
    if (!accounts_.adjustments.empty()) {
      auto const each = file_.dimension("adjustment", accounts_.adjustments.size());
      file_.attribute(file_.texts("adjustment", {each}, accounts_.adjustments), "long_name",
                      "what was mended on the way from the data to these numbers");
    }
    return file_.save(path);
  }

 private:
  void describe() {
    auto const global = NetcdfWriter::global;
    file_.attribute(global, kind_attribute, std::string{trade_calibration_kind});
    file_.attribute(global, version_attribute, trade_calibration_version);
    file_.attribute(global, "title", accounts_.title);
    file_.attribute(global, "source", accounts_.source);
    file_.attribute(global, "license", accounts_.licence);
    file_.attribute(global, "reference_year", accounts_.year);
    file_.attribute(global, "currency", accounts_.unit.currency);
    file_.attribute(global, "currency_scale", accounts_.unit.scale);
    file_.attribute(global, "adjustments", static_cast<int>(accounts_.adjustments.size()));
  }

  int labels(std::string const& name, std::vector<std::string> const& texts,
             std::string const& meaning) {
    auto const number = file_.dimension(name, texts.size());
    file_.attribute(file_.texts(name, {number}, texts), "long_name", meaning);
    return number;
  }

  void numbers(std::string const& name, NetcdfWriter::Dimensions const& dimensions,
               std::span<double const> values, std::string const& meaning,
               std::string const& unit) {
    auto const variable = file_.doubles(name, dimensions, values, compression_);
    file_.attribute(variable, "long_name", meaning);
    file_.attribute(variable, "units", unit);
  }

  TradeAccounts const& accounts_;
  NetcdfCompression const& compression_;
  NetcdfWriter file_;
};

class Reader {
 public:
  Reader(NetcdfReader file, TradeReadOptions const& options)
      : file_(std::move(file)), options_(options) {}

  Result<TradeAccounts> read() {
    using Step = Result<void> (Reader::*)();
    for (Step const step :
         {&Reader::check_kind, &Reader::check_sizes, &Reader::read_texts, &Reader::read_numbers}) {
      if (auto const done = (this->*step)(); !done) return fail(done.error());
    }
    if (auto const fits = check_accounts(accounts_, file_.name()); !fits) return fail(fits.error());
    return std::move(accounts_);
  }

 private:
  [[nodiscard]] tl::unexpected<Error> unfit(std::string what) const {
    return fail(ErrorCode::bad_format, std::move(what), file_.name(), remedy);
  }
  [[nodiscard]] std::string text(char const* attribute) const {
    return file_.text_attribute(attribute).value_or("");
  }

  Result<void> check_kind() {
    if (text(kind_attribute) != trade_calibration_kind) {
      return unfit("this is not a trade calibration");
    }
    auto const version = file_.number_attribute(version_attribute).value_or(0);
    if (version == trade_calibration_version) return {};
    return fail(ErrorCode::bad_format,
                fmt::format("the file has layout version {}, this program reads version {}",
                            version, trade_calibration_version),
                file_.name(), "use the version of linchpin that wrote it, or a newer one");
  }

  /// Before any array is read: a hostile file may claim any size.
  Result<void> check_sizes() {
    auto const length = [&](char const* name) { return file_.dimension(name).value_or(0); };
    regions_ = length("region");
    sectors_ = length("sector");
    bool const consistent = length("importer") == regions_ && length("exporter") == regions_ &&
                            length("user") == sectors_ && length("input") == sectors_;
    if (regions_ == 0 || sectors_ == 0 || !consistent) {
      return unfit("the dimensions are not those of a trade calibration");
    }
    auto const bytes = bytes_of_accounts(regions_, sectors_);
    constexpr double most_adjustments = 1e5;
    auto const adjustments = static_cast<double>(length("adjustment"));
    if (bytes > static_cast<double>(options_.memory_limit) || adjustments > most_adjustments) {
      return fail(ErrorCode::too_large,
                  fmt::format("it needs {}, the limit is {}", byte_count(bytes),
                              byte_count(static_cast<double>(options_.memory_limit))),
                  file_.name(), "use fewer regions or sectors");
    }
    return {};
  }

  Result<void> labels(char const* name, std::vector<std::string>& into) {
    auto texts = file_.texts(name, {name});
    if (!texts) return fail(texts.error());
    into = std::move(*texts);
    return {};
  }

  Result<void> read_texts() {
    accounts_.title = text("title");
    accounts_.source = text("source");
    accounts_.licence = text("license");
    accounts_.unit = {text("currency"), file_.number_attribute("currency_scale").value_or(1.0)};
    if (!(std::isfinite(accounts_.unit.scale) && accounts_.unit.scale > 0)) {
      return unfit("the attribute 'currency_scale' is not a number above zero");
    }
    auto const year = file_.number_attribute("reference_year").value_or(0);
    constexpr double latest_year = 1e6;
    if (!(std::abs(year) < latest_year)) return unfit("the attribute 'reference_year' is no year");
    accounts_.year = static_cast<int>(year);
    if (auto const done = labels("region", accounts_.regions); !done) return done;
    if (auto const done = labels("sector", accounts_.sectors); !done) return done;
    if (file_.number_attribute("adjustments").value_or(0) == 0) return {};
    return labels("adjustment", accounts_.adjustments);
  }

  Result<void> read_numbers() {
    auto const N = regions_, J = sectors_;
    auto const numbers = [&](char const* name, NetcdfReader::Names const& dimensions,
                             std::size_t size, DenseVector& into) {
      into.assign(size, 0.0);
      return file_.doubles(name, dimensions, into);
    };
    auto done = numbers("trade", {"sector", "importer", "exporter"}, J * N * N, accounts_.trade);
    if (done && file_.has_variable("tariff")) {
      done = numbers("tariff", {"sector", "importer", "exporter"}, J * N * N, accounts_.tariffs);
    }
    if (done) {
      done = numbers("value_added_share", {"region", "sector"}, N * J, accounts_.value_added_share);
    }
    if (done) {
      done = numbers("input_share", {"region", "user", "input"}, N * J * J, accounts_.input_shares);
    }
    if (done && file_.has_variable("trade_elasticity")) {
      done = numbers("trade_elasticity", {"sector"}, J, accounts_.theta);
    }
    return done;
  }

  NetcdfReader file_;
  TradeReadOptions options_;
  TradeAccounts accounts_;
  std::size_t regions_ = 0, sectors_ = 0;
};

/// What the reader of NetCDF files suggests is about worlds.
tl::unexpected<Error> with_remedy(Error error) {
  bool const of_the_file =
      error.code == ErrorCode::unreadable_file || error.code == ErrorCode::bad_format;
  if (of_the_file && error.hint.find("linchpin equilibrium") == std::string::npos &&
      error.hint.find("the version of linchpin") == std::string::npos) {
    error.hint = remedy;
  }
  return fail(std::move(error));
}

}  // namespace

Result<void> write_trade_calibration(TradeAccounts const& accounts,
                                     std::filesystem::path const& path,
                                     NetcdfCompression const& compression) {
  if (auto const fits = check_accounts(accounts, path.string()); !fits) return fits;
  if (auto const fits = check_texts(accounts, path.string()); !fits) return fits;
  return Writer(accounts, path.string(), compression).save(path);
}

Result<TradeAccounts> read_trade_calibration(std::filesystem::path const& path,
                                             TradeReadOptions const& options) {
  auto file = NetcdfReader::open(path, options.memory_limit);
  if (!file) return with_remedy(file.error());
  try {
    auto accounts = Reader(std::move(*file), options).read();
    if (!accounts) return with_remedy(accounts.error());
    return accounts;
  } catch (std::bad_alloc const&) {
    return fail(ErrorCode::too_large, "there is not enough memory to read the file", path.string(),
                "use fewer regions or sectors, or a machine with more memory");
  }
}

Result<bool> is_trade_calibration(std::filesystem::path const& path) {
  auto const netcdf = looks_like_netcdf(path);
  if (!netcdf) return fail(netcdf.error());
  if (!*netcdf) return false;
  auto file = InputFile::open(path);
  if (!file) return fail(file.error());
  // The attribute stands in one piece wherever the library puts it; pieces of the file overlap.
  constexpr std::size_t piece = std::size_t{1} << 20;
  constexpr std::size_t overlap = trade_calibration_kind.size() - 1;
  std::vector<char> buffer(piece + overlap);
  std::size_t kept = 0;
  while (true) {
    auto const count = file->read(std::span(buffer).subspan(kept));
    if (!count) return fail(count.error());
    if (*count == 0) return false;
    std::string_view const seen(buffer.data(), kept + *count);
    if (seen.find(trade_calibration_kind) != std::string_view::npos) return true;
    kept = std::min(overlap, seen.size());
    std::memmove(buffer.data(), seen.data() + seen.size() - kept, kept);
  }
}

}  // namespace linchpin
