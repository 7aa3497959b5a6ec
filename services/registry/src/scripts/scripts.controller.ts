import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../http/api-problems.ts';
import { ScriptList } from './dto/script.dto.ts';
import { ReportedScripts } from './reported-scripts.ts';

@ApiTags('executors')
@ApiProblems(401, 403, 429, 503)
@Controller('api/v1/scripts')
export class ScriptsController {
  readonly #scripts: ReportedScripts;

  constructor(scripts: ReportedScripts) {
    this.#scripts = scripts;
  }

  @Get()
  @ApiOperation({ summary: 'Scripts of the running executors, with those that cannot run' })
  @ApiOkResponse({ type: ScriptList })
  async listScripts(): Promise<ScriptList> {
    const { executors, scripts } = await this.#scripts.read();
    return {
      items: [...scripts.values()].map((script) => ({ ...script, executors: [...script.executors] })),
      executors: executors.map((executor) => ({ ...executor, folders: [...executor.folders] })),
    };
  }
}
