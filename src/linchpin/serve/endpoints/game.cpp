// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <utility>

#include "linchpin/results/run_clock.h"
#include "linchpin/results/worldless_origin.h"
#include "linchpin/serve/endpoints/all.h"
#include "linchpin/serve/endpoints/answer_files.h"
#include "linchpin/serve/endpoints/question.h"
#include "linchpin/serve/endpoints/read_texts.h"
#include "linchpin/study/game_run.h"
#include "linchpin/table/files/atomic_file.h"

namespace linchpin::serve {
namespace {

/// The document that `linchpin leverage game --json` prints.
Result<void> run(std::string const& text, study::GameFile const& file,
                 std::filesystem::path const& folder, RunControl const& control) {
  RunClock const clock;
  auto const path = folder / game_name;
  if (auto const kept = write_text_atomically(path, text); !kept) return kept;
  auto const answer = study::answer_game(file, control);
  if (!answer) return fail(answer.error());
  Origin origin;
  if (file.ranges) {
    origin.options = {{"draws", static_cast<std::int64_t>(file.draws)},
                      {"seed", static_cast<std::int64_t>(file.seed)}};
  }
  auto described = origin_without_world(clock, std::move(origin), {path});
  if (!described) return fail(described.error());
  return write_document(
      game_to_json(file.title, answer->game, answer->ladder, *std::move(described)), folder);
}

}  // namespace

Response ask_game(Site& site, Request const& request) {
  auto fields = RequestFields::parse(request);
  if (!fields) return error_response(fields.error());
  auto text = fields->text("game");
  auto const ensemble = take_draws(*fields, false);
  if (auto const sound = fields->finish(); !sound) return error_response(sound.error());
  auto file = study::read_game(text, game_name);
  if (!file) return error_response(file.error());
  if (ensemble) {
    file->draws = ensemble->draws;
    file->seed = ensemble->seed;
  }
  if (auto const sound = check_work(*file); !sound) return error_response(sound.error());
  Job job{"leverage-game", {}, file->title, {}, {}};
  if (!file->ranges) job.lane = Lane::short_runs;
  job.work = [text = std::move(text), file = *std::move(file)](auto const& folder,
                                                               auto const& control) {
    return run(text, file, folder, control);
  };
  return submit(site, std::move(job), request, fields->taken());
}

}  // namespace linchpin::serve
