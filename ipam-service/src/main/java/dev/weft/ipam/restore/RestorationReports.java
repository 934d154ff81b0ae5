package dev.weft.ipam.restore;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weft.bus.Json;
import dev.weft.ipam.ledger.Documents;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The reports of restorations, kept in the ledger's database. Blocking: for virtual threads. */
@ApplicationScoped
public class RestorationReports {

    private final Documents documents;

    RestorationReports(Documents documents) {
        this.documents = documents;
    }

    /** Keeps a report. */
    public void keep(RestorationReport report) {
        try {
            documents.keepRestoration(report.at(), Json.mapper().writeValueAsString(report));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The latest reports, the last first. */
    public List<RestorationReport> latest(int most) {
        return documents.restorations(most).stream().map(RestorationReports::read).toList();
    }

    private static RestorationReport read(String json) {
        try {
            return Json.mapper().readValue(json, RestorationReport.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
