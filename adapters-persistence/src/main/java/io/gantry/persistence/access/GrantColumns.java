package io.gantry.persistence.access;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.UUID;

/** One permission set on one project, by its published name. */
@Embeddable
record GrantColumns(
    @Column(name = "project_id") UUID project,
    @Column(name = "permission_set") String permissionSet) {}
