import { Module } from '@nestjs/common';
import { AuditSearch } from './audit-search.ts';
import { AuditController } from './audit.controller.ts';
import { Audit } from './audit.service.ts';

/** Who did what. */
@Module({ controllers: [AuditController], providers: [Audit, AuditSearch], exports: [Audit] })
export class AuditModule {}
