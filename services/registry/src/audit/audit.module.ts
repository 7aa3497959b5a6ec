import { Module } from '@nestjs/common';
import { ClockModule } from '../runtime/clock.module.ts';
import { AuditSearch } from './audit-search.ts';
import { AuditController } from './audit.controller.ts';
import { Audit } from './audit.service.ts';

/** Who did what. */
@Module({ imports: [ClockModule], controllers: [AuditController], providers: [Audit, AuditSearch], exports: [Audit] })
export class AuditModule {}
