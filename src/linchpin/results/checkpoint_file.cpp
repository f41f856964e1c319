// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/checkpoint_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "linchpin/table/store/netcdf_file.h"

namespace linchpin {
namespace {

using sampling::Checkpoint;
using sampling::Histogram;

constexpr char const* kind_attribute = "linchpin_file";
constexpr char const* kind = "ensemble checkpoint 1";
constexpr std::uint64_t most_bytes = 16ULL << 30U;

tl::unexpected<Error> no_checkpoint(std::string const& file, std::string_view why) {
  return fail(ErrorCode::bad_format, fmt::format("not a checkpoint of an ensemble: {}", why), file,
              "name another file for --checkpoint, or delete this one and begin again");
}

/// A whole number kept as an attribute.
std::optional<std::size_t> count_attribute(NetcdfReader const& file, char const* name) {
  auto const value = file.number_attribute(name);
  constexpr double most = 9007199254740992.0;  // 2^53
  if (!value || !(*value >= 0 && *value <= most) || *value != std::floor(*value)) {
    return std::nullopt;
  }
  return static_cast<std::size_t>(*value);
}

Result<void> read_fingerprint(NetcdfReader const& file, Checkpoint& found) {
  auto names = file.texts("fingerprint_name", {"entry"});
  if (!names) return fail(names.error());
  auto values = file.texts("fingerprint_value", {"entry"});
  if (!values) return fail(values.error());
  for (std::size_t i = 0; i < names->size(); ++i) {
    found.fingerprint.emplace_back(std::move((*names)[i]), std::move((*values)[i]));
  }
  return {};
}

Result<void> read_draws(NetcdfReader const& file, Checkpoint& found) {
  found.scalars = DenseMatrix(found.done, file.dimension("scalar").value_or(0));
  if (auto const read = file.doubles("scalars", {"draw", "scalar"}, found.scalars.values()); !read) {
    return fail(read.error());
  }
  auto const failed = file.integers("failed", {"draw"});
  if (!failed) return fail(failed.error());
  for (auto const flag : *failed) found.failed.push_back(flag != 0);
  if (!file.dimension("failure")) return {};
  auto const draws = file.integers("failure_draw", {"failure"});
  if (!draws) return fail(draws.error());
  auto reasons = file.texts("failure_reason", {"failure"});
  if (!reasons) return fail(reasons.error());
  for (std::size_t i = 0; i < draws->size(); ++i) {
    found.failures.push_back({static_cast<std::size_t>((*draws)[i]), std::move((*reasons)[i])});
  }
  return {};
}

Result<void> read_bands(NetcdfReader const& file, Checkpoint& found) {
  if (found.series * found.steps == 0) return {};
  auto const first = file.integers("first_bin", {"cell"});
  if (!first) return fail(first.error());
  auto const bins = file.integers("bins", {"cell"});
  if (!bins) return fail(bins.error());
  std::vector<std::int32_t> counts;
  if (file.dimension("bin")) {
    auto read = file.integers("counts", {"bin"});
    if (!read) return fail(read.error());
    counts = std::move(*read);
  }
  std::size_t place = 0;
  for (std::size_t i = 0; i < first->size(); ++i) {
    auto const size = static_cast<std::size_t>((*bins)[i]);
    bool const sound = (*bins)[i] >= 0 && size <= counts.size() - place &&
                       (size == 0 || ((*first)[i] >= Histogram::lowest_bin &&
                                      (*first)[i] <= Histogram::highest_bin - ((*bins)[i] - 1)));
    if (!sound) return no_checkpoint(file.name(), "a band does not fit its counts");
    auto const from = counts.begin() + static_cast<std::ptrdiff_t>(place);
    found.bands.emplace_back((*first)[i],
                             std::vector<std::uint32_t>(from, from + (*bins)[i]));
    place += size;
  }
  return {};
}

Result<Checkpoint> read_checkpoint(NetcdfReader const& file) {
  if (file.text_attribute(kind_attribute).value_or("") != kind) {
    return no_checkpoint(file.name(), "it does not say it is one");
  }
  Checkpoint found;
  auto const draws = count_attribute(file, "draws");
  auto const series = count_attribute(file, "series");
  auto const steps = count_attribute(file, "steps");
  auto const done = file.dimension("draw");
  if (!draws || !series || !steps || !done) return no_checkpoint(file.name(), "a number is missing");
  found.draws = *draws;
  found.done = *done;
  found.series = *series;
  found.steps = *steps;
  for (auto* part : {read_fingerprint, read_draws, read_bands}) {
    if (auto const read = part(file, found); !read) return fail(read.error());
  }
  return found;
}

void write_bands(NetcdfWriter& file, Checkpoint const& checkpoint) {
  if (checkpoint.bands.empty()) return;
  std::vector<std::int32_t> first, bins, counts;
  for (auto const& band : checkpoint.bands) {
    first.push_back(band.first_bin());
    bins.push_back(static_cast<std::int32_t>(band.counts().size()));
    for (auto const count : band.counts()) counts.push_back(static_cast<std::int32_t>(count));
  }
  int const cell = file.dimension("cell", checkpoint.bands.size());
  file.integers("first_bin", {cell}, first);
  file.integers("bins", {cell}, bins);
  if (!counts.empty()) file.integers("counts", {file.dimension("bin", counts.size())}, counts);
}

void write_draws(NetcdfWriter& file, Checkpoint const& checkpoint) {
  int const draw = file.dimension("draw", checkpoint.done);
  int const scalar = file.dimension("scalar", checkpoint.scalars.columns());
  // Digits of results do not compress, and checkpoints should not cost time.
  file.doubles("scalars", {draw, scalar}, checkpoint.scalars.values(), {.deflate_level = 0});
  std::vector<std::int32_t> failed(checkpoint.failed.begin(), checkpoint.failed.end());
  file.integers("failed", {draw}, failed);
  if (checkpoint.failures.empty()) return;
  std::vector<std::int32_t> numbers;
  std::vector<std::string> reasons;
  for (auto const& each : checkpoint.failures) {
    numbers.push_back(static_cast<std::int32_t>(each.draw));
    reasons.push_back(each.reason);
  }
  int const failure = file.dimension("failure", reasons.size());
  file.integers("failure_draw", {failure}, numbers);
  file.texts("failure_reason", {failure}, reasons);
}

}  // namespace

Result<std::optional<Checkpoint>> CheckpointFile::load() {
  std::error_code problem;
  if (!std::filesystem::exists(path_, problem)) return std::optional<Checkpoint>{};
  auto const file = NetcdfReader::open(path_, most_bytes);
  if (!file) return fail(file.error());
  auto found = read_checkpoint(*file);
  if (!found) return fail(found.error());
  return std::optional{std::move(*found)};
}

Result<void> CheckpointFile::save(Checkpoint const& checkpoint) {
  NetcdfWriter file(path_.filename().string());
  file.attribute(NetcdfWriter::global, kind_attribute, std::string{kind});
  file.attribute(NetcdfWriter::global, "draws", static_cast<double>(checkpoint.draws));
  file.attribute(NetcdfWriter::global, "series", static_cast<double>(checkpoint.series));
  file.attribute(NetcdfWriter::global, "steps", static_cast<double>(checkpoint.steps));
  std::vector<std::string> names, values;
  for (auto const& [name, value] : checkpoint.fingerprint) {
    names.push_back(name);
    values.push_back(value);
  }
  int const entry = file.dimension("entry", names.size());
  file.texts("fingerprint_name", {entry}, names);
  file.texts("fingerprint_value", {entry}, values);
  write_draws(file, checkpoint);
  write_bands(file, checkpoint);
  return file.save(path_);
}

}  // namespace linchpin
